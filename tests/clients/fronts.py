"""What stands between a client and a service to make trouble for it."""

import socket
import threading
from concurrent import futures

import grpc


class RefusingFront:
    """Answers the first `count` calls with UNAVAILABLE and passes on the rest.

    For calls of one request and one answer.
    """

    def __init__(self, address, count):
        self.refused = 0
        self._count = count
        self._lock = threading.Lock()
        self._channel = grpc.insecure_channel(address)
        self._server = grpc.server(futures.ThreadPoolExecutor(4))
        self._server.add_generic_rpc_handlers((self,))
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"
        self._server.start()

    def service(self, call):
        """As grpc.GenericRpcHandler has it."""
        return grpc.unary_unary_rpc_method_handler(
            lambda request, context: self._answer(call.method, request, context))

    def _answer(self, method, request, context):
        with self._lock:
            refuses = self.refused < self._count
            self.refused += refuses
        if refuses:
            context.abort(grpc.StatusCode.UNAVAILABLE, "refused on purpose")
        return self._channel.unary_unary(method)(request, timeout=60)

    def close(self):
        self._server.stop(None)
        self._channel.close()


class CuttingFront:
    """Passes connections on, and cuts the first once `size` bytes came back."""

    def __init__(self, address, size):
        host, port = address.rsplit(":", 1)
        self._target = (host, int(port))
        self._size = size
        self.cuts = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return  # closed
            service = socket.create_connection(self._target)
            threading.Thread(target=self._pass, args=(client, service, None), daemon=True).start()
            threading.Thread(target=self._pass, args=(service, client, self._size),
                             daemon=True).start()
            self._size = None

    def _pass(self, source, target, size):
        passed = 0
        try:
            while data := source.recv(64 << 10):
                target.sendall(data)
                passed += len(data)
                if size is not None and passed >= size:
                    self.cuts += 1
                    break
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()

    def close(self):
        self._listener.close()
