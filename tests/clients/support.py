"""Real servers, clients and certificates for the tests of the clients."""

import base64
import json
import os
import pathlib
import queue
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ATTACHE_BUILD_DIR", SOURCE / "build/release")).resolve()
BIN = BUILD / "bin"

# How long anything may take before the test fails.
PATIENCE = 120


class Directory:
    """A directory that is gone with `close`."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="attache-clients-"))

    def __truediv__(self, name):
        return self.path / name

    def close(self):
        shutil.rmtree(self.path, ignore_errors=True)


class Server:
    """One of our servers, on a free port unless `listen` names one."""

    def __init__(self, program, flags, listen="127.0.0.1:0"):
        self._log = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            [BIN / program, f"--listen={listen}", "--metrics_listen=", *flags],
            stderr=self._log)
        deadline = time.monotonic() + PATIENCE
        while True:
            found = re.search(r'"message":"listening".*"address":"([^"]+)"', self.log())
            if found:
                self.address = found[1]
                return
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"{program} did not start:\n{self.log()}")
            time.sleep(0.01)

    def log(self):
        # A position of its own: the server writes by the same descriptor.
        size = os.fstat(self._log.fileno()).st_size
        return os.pread(self._log.fileno(), size, 0).decode()

    def signal(self, number):
        self._process.send_signal(number)

    def kill(self):
        self._process.kill()
        self._process.wait()

    def terminate(self):
        self._process.terminate()
        assert self._process.wait(PATIENCE) == 0, self.log()


def lasting_address():
    """A free address below the ports that connections are given: else one that
    tries to reach a server while it is down may get that very port."""
    while True:
        address = ("127.0.0.1", random.randrange(10_000, 32_000))
        with socket.socket() as free:
            try:
                free.bind(address)
            except OSError:
                continue
        return "%s:%d" % address


class Pair:
    """Both services, each on a data directory and a port that it keeps."""

    def __init__(self, query_flags=(), ingestor_flags=(), directory=None):
        self.directory = directory or Directory()
        self.query_flags = query_flags
        self._ingestor_flags = ingestor_flags
        self._addresses = {"query": lasting_address(), "ingestor": lasting_address()}
        self.environment = {}
        self.start_query_service()
        self.start_ingestor()

    def start_query_service(self):
        self.query_service = Server(
            "attache-query",
            [f"--data_dir={self.directory / 'query'}", *self.query_flags],
            self._addresses["query"])
        self.environment["ATTACHE_QUERY"] = self.query_service.address

    def start_ingestor(self):
        self.ingestor = Server(
            "attache-ingestor",
            [f"--data_dir={self.directory / 'ingestor'}",
             f"--query_address={self.query_service.address}", *self._ingestor_flags],
            self._addresses["ingestor"])
        self.environment["ATTACHE_INGESTOR"] = self.ingestor.address

    def close(self):
        self.query_service.kill()
        self.ingestor.kill()
        self.directory.close()

    def attache(self, *arguments, input=None, check=True):
        """Runs the command `attache`; what it printed."""
        done = subprocess.run([BIN / "attache", *arguments], input=input,
                              capture_output=True, text=True, timeout=PATIENCE,
                              env=os.environ | self.environment)
        if check:
            assert done.returncode == 0, done.stderr
        return done.stdout

    def ingest(self, briefing_id, content):
        briefing = {"briefingId": briefing_id, "mediaType": "text/plain",
                    "content": base64.b64encode(content.encode()).decode()}
        self.attache("ingest", "-", "--durability=indexed", input=json.dumps(briefing) + "\n")

    def records(self, text=""):
        """The records that match, in the order of ids, as JSON."""
        printed = self.attache("export", *([text] if text else []))
        return [json.loads(line) for line in printed.splitlines()]


def trip(person, country="Chile"):
    """A briefing on one trip."""
    return (f"Norwegian Foreign Minister {person} travelled to {country} "
            "from 4 to 6 March 2024 to discuss trade and renewable energy.\n")


def long_trip(number):
    """A briefing whose record is large."""
    rows = "\n".join(f"| Item {row} of dossier {number} | {'a word on it ' * 12}|"
                     for row in range(100))
    return trip("Astrid Solberg") + f"\n| Topic | Remark |\n| --- | --- |\n{rows}\n"


class Certificates:
    """A CA and what it issues, made by openssl in `directory`."""

    def __init__(self, directory, name):
        self._stem = directory / name
        self.certificate = f"{self._stem}.pem"
        _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                 "-nodes", "-keyout", f"{self._stem}.key", "-out", self.certificate,
                 "-days", "2", "-subj", f"/CN={name}")

    def issue(self, path, common_name, names):
        """Certificate and key at PATH.pem and PATH.key."""
        extensions = pathlib.Path(f"{path}.ext")
        extensions.write_text(f"subjectAltName={names}\n")
        _openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                 "-keyout", f"{path}.key", "-out", f"{path}.csr", "-subj", f"/CN={common_name}")
        _openssl("x509", "-req", "-in", f"{path}.csr", "-CA", self.certificate,
                 "-CAkey", f"{self._stem}.key", "-CAcreateserial", "-days", "2",
                 "-extfile", str(extensions), "-out", f"{path}.pem")


def _openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


class GuardedPair(Pair):
    """Both services behind TLS and access files, as docs/security.md has it.

    Tokens are in files of these names: analysis (reader of the query service),
    newsroom (writer of the ingestor). The certificate auditor.pem, auditor.key
    makes a reader of the query service, too.
    """

    def __init__(self):
        directory = Directory()
        authority = Certificates(directory, "ca")
        clients = Certificates(directory, "client-ca")
        for server in ("query", "ingestor"):
            authority.issue(directory / f"{server}-server", server, "DNS:localhost,IP:127.0.0.1")
        clients.issue(directory / "auditor", "auditor", "DNS:auditor.example.org")
        access = {"query": ["auditor reader certificate:auditor.example.org\n"], "ingestor": []}
        for server, name, roles in (("query", "analysis", "reader"), ("query", "sender", "writer"),
                                    ("ingestor", "newsroom", "writer")):
            access[server].append(subprocess.run(
                [BIN / "attache", "token", "--name", name, "--roles", roles,
                 "--output", directory / f"{name}.token"],
                check=True, capture_output=True, text=True).stdout)
        for server, lines in access.items():
            (directory / f"{server}.access").write_text("".join(lines))

        def flags(server):
            return [f"--tls_certificate={directory / server}-server.pem",
                    f"--tls_key={directory / server}-server.key",
                    f"--access_file={directory / server}.access"]

        super().__init__(
            query_flags=[*flags("query"), f"--tls_client_ca={clients.certificate}",
                         "--tls_require_client_certificate=false"],
            ingestor_flags=[*flags("ingestor"), f"--query_tls_ca={authority.certificate}",
                            f"--query_token_file={directory / 'sender.token'}"],
            directory=directory)
        self.environment["ATTACHE_TLS_CA"] = authority.certificate

    def token_of(self, name):
        """The environment of one who has the token of `name`."""
        return {"ATTACHE_TOKEN_FILE": str(self.directory / f"{name}.token")}


class Running:
    """A program while the test goes on."""

    def __init__(self, command, folder, environment):
        self._err = tempfile.TemporaryFile()
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._err,
                                         text=True, cwd=folder,
                                         env=os.environ | environment)
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def line(self):
        """The next line that it prints; None at its end."""
        try:
            return self._lines.get(timeout=PATIENCE)
        except queue.Empty:
            raise AssertionError(f"nothing more was printed:\n{self.err()}") from None

    def lines(self):
        return list(iter(self.line, None))

    def err(self):
        size = os.fstat(self._err.fileno()).st_size
        return os.pread(self._err.fileno(), size, 0).decode()

    def wait(self):
        return self._process.wait(PATIENCE)

    def stop(self):
        """As Ctrl-C does; what it printed meanwhile."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise AssertionError("it does not stop") from None
        return self.lines()

    def kill(self):
        self._process.kill()
        self._process.wait()
