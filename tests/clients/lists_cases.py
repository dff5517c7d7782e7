"""Ingesting, lists and exports."""

from client_case import ClientTest
from fronts import CuttingFront
from support import SOURCE, long_trip, trip


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
