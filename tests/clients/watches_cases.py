"""Watches that outlive services, connections and the client."""

import time

from client_case import ClientTest, changes
from support import PATIENCE, trip


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
