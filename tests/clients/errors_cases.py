"""What a client says of errors, and what it tries again."""

import signal
import socket

from client_case import ClientTest
from fronts import RefusingFront
from support import SOURCE


class Errors(ClientTest):
    def check_error(self, pair, arguments, expected, **environment):
        done = self.run_client(pair, *arguments, **environment)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertEqual(done.stdout, "")
        self.assertRegex(done.stderr, expected)
        return done.stderr

    def test_mistakes_are_explained(self):
        pair = self.pair()
        self.check_error(pair, ["list", "visits.contry_code = BR"], r"""(?x)\A
            INVALID_ARGUMENT\ FILTER_INVALID:\ filter,\ byte\ 7:\ visits\ has\ no\ field\ .*\n
            \ \ expected:\ one\ of\ country_code,\ places,\ dates,\ confidence\n
            \ \ position:\ 7\n\Z""")
        self.check_error(pair, ["list", "visits.country_code:Brazli"], r"""(?x)\A
            INVALID_ARGUMENT\ UNKNOWN_COUNTRY:\ .*\n
            \ \ expected:\ .*\n
            \ \ nearest:\ Brazil\n
            \ \ position:\ 20\n
            \ \ value:\ Brazli\n\Z""")
        self.check_error(pair, ["list", "", "-1"], r"""(?x)\A
            INVALID_ARGUMENT\ FIELD_INVALID:\ .*\n
            \ \ field:\ page.page_size\n
            \ \ field\ page.page_size:\ is\ negative\n\Z""")
        for command in (["export"], ["watch"]):
            state = [self.directory() / "state"] if command == ["watch"] else []
            done = self.run_client(pair, *command, "status = CANCELED", *state)
            self.assertEqual(done.returncode, 1)
            self.assertIn("INVALID_ARGUMENT FILTER_INVALID: filter, byte 9", done.stderr)

    def test_a_limit_says_when_to_come_back(self):
        pair = self.pair(query_flags=["--client_calls_per_second=1"])
        pair.attache("ingest", str(SOURCE / "samples"), "--durability=indexed")
        done = self.run_client(pair, "list", "", 1)  # many calls, one after the other
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"""(?x)\A
            RESOURCE_EXHAUSTED\ RATE_LIMITED:\ .*\n
            \ \ limit:\ 1\n
            \ \ try\ again\ in\ [0-9.]+\ s\n\Z""")

    def test_a_deadline_ends_a_call_that_is_not_answered(self):
        pair = self.pair()
        pair.query_service.signal(signal.SIGSTOP)
        self.check_error(pair, ["list", ""], r"\ADEADLINE_EXCEEDED: ", ATTACHE_TIMEOUT="0.5")

    def test_a_call_that_is_refused_for_a_moment_is_tried_again(self):
        pair = self.pair()
        front = RefusingFront(pair.query_service.address, 2)
        self.addCleanup(front.close)
        done = self.run_client(pair, "list", "", ATTACHE_QUERY=front.address)
        self.assertEqual(self.printed(done), ["total 0 at revision 0"])
        self.assertEqual(front.refused, 2)

    def test_a_service_that_is_not_there_is_an_error(self):
        pair = self.pair()
        with socket.create_server(("127.0.0.1", 0)) as taken:
            address = "127.0.0.1:%d" % taken.getsockname()[1]
        self.check_error(pair, ["list", ""], r"\AUNAVAILABLE: ", ATTACHE_QUERY=address)

    def test_a_wrong_command_shows_how_it_is_used(self):
        pair = self.pair()
        for arguments in ([], ["lst"], ["list"], ["watch", "status:*"]):
            done = self.run_client(pair, *arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn("watch FILTER STATE_FILE", done.stderr)
