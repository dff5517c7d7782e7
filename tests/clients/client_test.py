#!/usr/bin/python3
"""Holds an example client against real servers: client_test.py CLIENT.

All clients take the same commands and print the same lines, so one test is for
all. Exits with 77, and says why, where what the client needs is not there.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import unittest

import examples
from clients import CLIENTS
from fronts import CuttingFront, RefusingFront
from support import PATIENCE, SOURCE, Directory, GuardedPair, Pair, Running, long_trip, trip

client = None
folder = None


def changes(lines):
    """Of what a watch prints, what changed."""
    return [line for line in lines if line[0] in "+-"]


class ClientTest(unittest.TestCase):
    maxDiff = None

    def pair(self, *arguments, **flags):
        pair = Pair(*arguments, **flags)
        self.addCleanup(pair.close)
        return pair

    def directory(self):
        directory = Directory()
        self.addCleanup(directory.close)
        return directory

    def run_client(self, pair, *arguments, **environment):
        return subprocess.run(
            [*client.start, *map(str, arguments)], cwd=folder, capture_output=True, text=True,
            timeout=PATIENCE,
            env=os.environ | client.environment | pair.environment | environment)

    def start_client(self, pair, *arguments, **environment):
        os.chdir(folder)
        running = Running([*client.start, *map(str, arguments)],
                          client.environment | pair.environment | environment)
        self.addCleanup(running.kill)
        return running

    def printed(self, done):
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.splitlines()

    def next_change(self, watch):
        while (line := watch.line()) is not None:
            if changes([line]):
                return line
        self.fail(f"the watch ended: {watch.err()}")

    def until_next_changes(self, watch):
        """The changes of the next step that has any."""
        while not (seen := self.until_at(watch)):
            pass
        return seen

    def until_at(self, watch):
        """The changes up to the next position."""
        seen = []
        while (line := watch.line()) is not None:
            if line.startswith("at "):
                return changes(seen)
            seen.append(line)
        self.fail(f"the watch ended: {watch.err()}")


class Lists(ClientTest):
    def test_ingests_a_folder_and_reads_it_back(self):
        pair = self.pair()
        lines = self.printed(self.run_client(pair, "ingest", SOURCE / "samples"))
        self.assertEqual(lines[0], "created 01-minister-brazil-peru.txt")
        self.assertEqual(lines[-1], "18 created, 1 no_trip")
        self.assertEqual(len(lines), 20)

        expected = [f"{record['recordId']}  {record['title']}" for record in pair.records()]
        exported = self.printed(self.run_client(pair, "export", ""))
        self.assertEqual(exported, [*expected, "total 19 at revision 19"])
        listed = self.printed(self.run_client(pair, "list", "", 4))
        self.assertCountEqual(listed, exported)
        self.assertEqual(
            self.printed(self.run_client(pair, "list", "visits.country_code:Brésil", 1)),
            ["07-trade-mission-brazil.txt#1  Daniel Whitcomb to Brazil",
             "01-minister-brazil-peru.txt#1  Karin Lindqvist to Brazil and Peru",
             "total 2 at revision 19"])
        self.assertEqual(
            self.printed(self.run_client(pair, "list", "visits.country_code:Iceland")),
            ["total 0 at revision 19"])

    def test_a_refused_briefing_fails_alone(self):
        pair = self.pair()
        briefings = self.directory()
        (briefings / "a.txt").write_text(trip("Astrid Solberg"))
        (briefings / "b.txt").write_text("a" * (5 << 20))
        (briefings / "c").mkdir()
        (briefings / "c" / "d.md").write_text(trip("Ola Nordmann"))
        (briefings / "e.png").write_text("no briefing")
        done = self.run_client(pair, "ingest", briefings.path)
        lines = done.stdout.splitlines()
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(lines[0], "created a.txt")
        self.assertRegex(lines[1], r"^rejected b\.txt: CONTENT_TOO_LARGE: .*4194304")
        self.assertEqual(lines[2:], ["created c/d.md", "2 created, 1 rejected"])

    def test_ingesting_goes_on_where_the_ingestor_was_killed(self):
        pair = self.pair()
        briefings = self.directory()
        names = [f"{number:03}.txt" for number in range(300)]
        for name in names:
            (briefings / name).write_text(trip("Astrid Solberg"))
        ingest = self.start_client(pair, "ingest", briefings.path)
        lines = [ingest.line() for _ in range(100)]
        pair.ingestor.kill()
        pair.start_ingestor()
        lines += ingest.lines()
        self.assertEqual(ingest.wait(), 0, ingest.err())
        self.assertEqual([line.split()[1] for line in lines[:-1]], names)
        self.assertEqual([record["recordId"] for record in pair.records()],
                         [f"{name}#1" for name in names])

    def test_an_export_goes_on_where_the_connection_broke(self):
        pair = self.pair()
        briefings = self.directory()
        for number in range(200):
            (briefings / f"{number:03}.md").write_text(long_trip(number))
        pair.attache("ingest", str(briefings.path), "--durability=indexed")
        front = CuttingFront(pair.query_service.address, 2 << 20)
        self.addCleanup(front.close)
        lines = self.printed(self.run_client(pair, "export", "", ATTACHE_QUERY=front.address))
        self.assertEqual(front.cuts, 1)
        self.assertEqual([line.split()[0] for line in lines[:-1]],
                         [f"{number:03}.md#1" for number in range(200)])
        self.assertEqual(lines[-1], "total 200 at revision 200")


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


class Watches(ClientTest):
    def test_outlives_restarts_of_the_service_and_of_its_own(self):
        pair = self.pair()
        state = self.directory() / "state"
        # A deadline is for calls of one answer.
        watch = self.start_client(pair, "watch", "visits.country_code:CL", state,
                                  ATTACHE_TIMEOUT="1")
        self.assertEqual(self.until_at(watch), [])
        pair.ingest("a", trip("Astrid Solberg"))
        self.assertEqual(self.until_at(watch), ["+ 1 a#1  Astrid Solberg to Chile"])

        pair.query_service.kill()
        pair.start_query_service()
        pair.ingest("b", trip("Ola Nordmann"))
        pair.ingest("elsewhere", trip("Ola Nordmann", "Peru"))
        self.assertEqual(self.next_change(watch), "+ 2 b#1  Ola Nordmann to Chile")

        pair.query_service.terminate()
        pair.start_query_service()
        pair.attache("retract", "a", "--durability=indexed")
        self.assertEqual(self.next_change(watch), "- 4 a#1")
        self.until_at(watch)
        self.assertIn("watch: UNAVAILABLE DRAINING\n", watch.err())
        self.assertEqual(changes(watch.stop()), [])

        pair.ingest("c", trip("Kari Nordmann"))
        pair.ingest("b", trip("Astrid Solberg"))
        watch = self.start_client(pair, "watch", "visits.country_code:CL", state)
        self.assertEqual(watch.line(), "+ 5 c#1  Kari Nordmann to Chile")
        # Another's trip is another record, of the same revision.
        self.assertEqual(self.until_next_changes(watch),
                         ["- 6 b#1", "+ 6 b#2  Astrid Solberg to Chile"])
        self.assertEqual(changes(watch.stop()), [])

        # A state of another filter is none.
        watch = self.start_client(pair, "watch", "visits.country_code:PE", state)
        self.assertEqual(watch.line(), "reset")
        self.assertEqual(self.until_at(watch), ["+ 6 elsewhere#1  Ola Nordmann to Peru"])

    def test_waits_for_a_service_that_is_not_there(self):
        pair = self.pair()
        pair.ingest("a", trip("Astrid Solberg"))
        pair.query_service.kill()
        watch = self.start_client(pair, "watch", "", self.directory() / "state")
        deadline = time.monotonic() + PATIENCE
        while watch.err().count("watch: UNAVAILABLE\n") < 3:
            self.assertLess(time.monotonic(), deadline, watch.err())
            time.sleep(0.05)
        pair.start_query_service()
        self.assertEqual([watch.line() for _ in range(3)],
                         ["reset", "+ 1 a#1  Astrid Solberg to Chile", "at 1"])

    def start_and_stop(self, pair, state):
        pair.ingest("a", trip("Astrid Solberg"))
        pair.ingest("b", trip("Ola Nordmann"))
        watch = self.start_client(pair, "watch", "visits.country_code:CL", state)
        self.assertEqual(len(self.until_at(watch)), 2)
        watch.stop()

    def check_starts_afresh(self, pair, state, reason):
        watch = self.start_client(pair, "watch", "visits.country_code:CL", state)
        self.assertEqual(watch.line(), "reset")
        self.assertEqual([line.split()[0::2] for line in self.until_at(watch)],
                         [["+", "b#1", "Nordmann", "Chile"], ["+", "c#1", "Nordmann", "Chile"],
                          ["-", "a#1"]])
        self.assertIn(f"watch: OUT_OF_RANGE {reason}\n", watch.err())

    def test_starts_afresh_where_the_history_is_gone(self):
        pair = self.pair(query_flags=["--history_revisions=1"])
        state = self.directory() / "state"
        self.start_and_stop(pair, state)
        pair.attache("retract", "a", "--durability=indexed")
        for number in range(10):
            pair.ingest("c", trip("Kari Nordmann") + f"Dossier {number}.\n")
        self.check_starts_afresh(pair, state, "HISTORY_GONE")

    def test_starts_afresh_where_the_index_is_another(self):
        pair = self.pair()
        state = self.directory() / "state"
        self.start_and_stop(pair, state)
        pair.attache("retract", "a", "--durability=indexed")
        pair.query_service.kill()
        (pair.directory / "query").rename(pair.directory / "query-lost")
        pair.start_query_service()
        pair.ingest("c", trip("Kari Nordmann"))
        self.check_starts_afresh(pair, state, "INDEX_REPLACED")


class Guarded(ClientTest):
    def setUp(self):
        self.guarded = GuardedPair()
        self.addCleanup(self.guarded.close)

    def test_tokens_and_certificates_are_shown(self):
        pair = self.guarded
        done = self.run_client(pair, "ingest", SOURCE / "samples", **pair.token_of("newsroom"))
        self.assertEqual(self.printed(done)[-1], "18 created, 1 no_trip")
        reader = pair.token_of("analysis")
        certificate = {"ATTACHE_CLIENT_CERTIFICATE": str(pair.directory / "auditor.pem"),
                       "ATTACHE_CLIENT_KEY": str(pair.directory / "auditor.key")}
        token = {"ATTACHE_TOKEN": (pair.directory / "analysis.token").read_text().strip()}
        for credential in (reader, certificate, token):
            done = self.run_client(pair, "list", "", 5, **credential)
            self.assertEqual(self.printed(done)[-1], "total 19 at revision 19")
        done = self.run_client(pair, "export", "", **reader)
        self.assertEqual(self.printed(done)[-1], "total 19 at revision 19")
        watch = self.start_client(pair, "watch", "visits.country_code:Brazil",
                                  self.directory() / "state", **reader)
        self.assertEqual(len(self.until_at(watch)), 2)

    def test_a_name_of_the_certificate_may_be_given(self):
        pair = self.guarded
        port = pair.query_service.address.rsplit(":", 1)[1]
        named = {"ATTACHE_QUERY": f"127.0.0.1:{port}", "ATTACHE_TLS_SERVER_NAME": "localhost"}
        done = self.run_client(pair, "list", "", **pair.token_of("analysis"), **named)
        self.assertEqual(self.printed(done), ["total 0 at revision 0"])
        named["ATTACHE_TLS_SERVER_NAME"] = "another.example.org"
        done = self.run_client(pair, "list", "", **pair.token_of("analysis"), **named)
        self.assertEqual(done.returncode, 1, done.stdout)

    def test_others_are_turned_away(self):
        pair = self.guarded
        for arguments, environment, expected in (
                (["list", ""], {}, "UNAUTHENTICATED CREDENTIALS_INVALID: "),
                (["list", ""], {"ATTACHE_TOKEN": "x" * 43},
                 "UNAUTHENTICATED CREDENTIALS_INVALID: "),
                (["list", ""], pair.token_of("sender"), "PERMISSION_DENIED ROLE_MISSING: "),
                (["ingest", SOURCE / "samples"], pair.token_of("analysis"),
                 "UNAUTHENTICATED CREDENTIALS_INVALID: ")):
            with self.subTest(arguments=arguments, expected=expected):
                done = self.run_client(pair, *arguments, **environment)
                self.assertEqual(done.returncode, 1, done.stdout)
                self.assertIn(expected, done.stderr)
                self.assertNotIn("xxx", done.stderr)
        done = self.run_client(pair, "list", "", **pair.token_of("sender"))
        self.assertIn("  role: reader\n", done.stderr)

    def test_a_token_is_not_sent_without_tls(self):
        plain = self.pair()
        done = self.run_client(plain, "list", "", ATTACHE_TOKEN="x" * 43)
        self.assertEqual(done.returncode, 1)
        self.assertIn("ATTACHE_TLS_CA", done.stderr)


class Readme(ClientTest):
    def test_commands_print_what_stands_there(self):
        pair = self.pair()
        commands = examples.commands(folder / "README.md")
        self.assertGreater(len(commands), 3)
        for command, expected in commands:
            done = subprocess.run(
                ["bash", "-c", command], cwd=folder, timeout=PATIENCE, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                env=os.environ | client.environment | pair.environment)
            self.assertTrue(examples.is_printed(expected, done.stdout),
                            f"$ {command}\n{done.stdout}")


def main():
    global client, folder
    client = CLIENTS[sys.argv.pop(1)]
    missing = client.missing()
    if missing:
        print("skipped, for these are not there (scripts/setup --clients):", ", ".join(missing))
        return 77
    start = time.monotonic()
    folder = client.prepare()
    print(f"built in {time.monotonic() - start:.1f} s")
    return 0 if unittest.main(exit=False, verbosity=2, warnings="ignore").result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
