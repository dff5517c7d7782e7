#!/usr/bin/python3
"""Holds the protos against buf's rules and the last release, and calls a server
with `buf curl`. Exits with 77, and says why, where buf is not there."""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest

from support import PATIENCE, SOURCE, Directory, GuardedPair, Pair, Server

BUF = SOURCE / "build/node/clients/connect/node_modules/.bin/buf"
PROTOS = SOURCE / "protos"
RELEASED = PROTOS / "released.binpb"


class BufTest(unittest.TestCase):
    def directory(self):
        directory = Directory()
        self.addCleanup(directory.close)
        return directory

    def buf(self, *arguments):
        # A cache of its own: nothing is left in somebody's home.
        cache = self.directory()
        return subprocess.run([BUF, *map(str, arguments)], capture_output=True, text=True,
                              timeout=PATIENCE, env=os.environ | {"BUF_CACHE_DIR": str(cache.path)})


class Contract(BufTest):
    def test_follows_the_rules(self):
        done = self.buf("lint", PROTOS)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_breaks_nothing_of_the_last_release(self):
        done = self.buf("breaking", PROTOS, "--against", RELEASED)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_the_last_release_holds_everyone_to_it(self):
        changed = self.directory() / "protos"
        shutil.copytree(PROTOS, changed)
        record = changed / "attache/v1/trip_record.proto"
        text = record.read_text()
        self.assertIn("string record_id = 1;", text)
        record.write_text(text.replace("string record_id = 1;", "string record_name = 1;"))
        done = self.buf("breaking", changed, "--against", RELEASED)
        self.assertEqual(done.returncode, 100, done.stderr)
        self.assertIn('from "record_id" to "record_name"', done.stdout)


class Curl(BufTest):
    def curl(self, url, request, *options):
        return self.buf("curl", "--protocol", "grpc", "-d", json.dumps(request), *options, url)

    def found(self, done):
        self.assertEqual(done.returncode, 0, done.stderr)
        answer = json.loads(done.stdout)
        return [record["recordId"] for record in answer.get("tripRecords", [])]

    def test_calls_by_reflection(self):
        pair = Pair()
        self.addCleanup(pair.close)
        pair.attache("ingest", str(SOURCE / "samples"), "--durability=indexed")
        url = f"http://{pair.query_service.address}/attache.v1.TripQueryService"
        done = self.curl(f"{url}/ListTripRecordsByCountry", {"country": "Brasil"},
                         "--http2-prior-knowledge")
        self.assertEqual(self.found(done),
                         ["07-trade-mission-brazil.txt#1", "01-minister-brazil-peru.txt#1"])
        done = self.curl(f"{url}/SearchTripRecords", {"filter": "visits.contry_code:BR"},
                         "--http2-prior-knowledge")
        self.assertNotEqual(done.returncode, 0)
        error = json.loads(done.stderr)
        self.assertEqual(error["code"], "invalid_argument")
        self.assertIn("byte 7", error["message"])

    def test_calls_by_the_protos_where_an_access_file_stands(self):
        pair = GuardedPair()
        self.addCleanup(pair.close)
        port = pair.query_service.address.rsplit(":", 1)[1]
        url = f"https://localhost:{port}/attache.v1.TripQueryService/SearchTripRecords"
        token = (pair.directory / "analysis.token").read_text().strip()
        options = ["--cacert", pair.environment["ATTACHE_TLS_CA"],
                   "--header", f"authorization: Bearer {token}"]
        done = self.curl(url, {"filter": ""}, *options, "--schema", PROTOS)
        self.assertEqual(self.found(done), [])
        # Reflection knows no roles: it is off.
        self.assertNotEqual(self.curl(url, {"filter": ""}, *options).returncode, 0)
        done = self.curl(url, {"filter": ""}, *options[:2], "--schema", PROTOS)
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(json.loads(done.stderr)["code"], "unauthenticated")

    def run_line(self, line, directory):
        """What a line of a document answers, run in `directory` with buf at hand."""
        environment = os.environ | {"PATH": f"{BUF.parent}:{os.environ['PATH']}",
                                    "BUF_CACHE_DIR": str(self.directory().path)}
        done = subprocess.run(["bash", "-euc", line], cwd=directory, env=environment,
                              capture_output=True, text=True, timeout=PATIENCE)
        return self.found(done)

    def test_the_document_s_lines_are_what_one_types(self):
        text = (SOURCE / "docs/clients.md").read_text()
        block = next(block for block in text.split("```")[1::2] if "buf curl" in block)
        plain, guarded = re.findall(r"^buf curl (?:.*\\\n)*.*", block, re.MULTILINE)
        pair = Pair()
        self.addCleanup(pair.close)
        pair.attache("ingest", str(SOURCE / "samples"), "--durability=indexed")
        self.assertIn("127.0.0.1:50052", plain)
        line = plain.replace("127.0.0.1:50052", pair.query_service.address)
        self.assertEqual(self.run_line(line, SOURCE),
                         ["07-trade-mission-brazil.txt#1", "01-minister-brazil-peru.txt#1"])

        pair = GuardedPair()
        self.addCleanup(pair.close)
        place = self.directory()
        (place / "tls").mkdir()
        (place / "tls/ca.pem").symlink_to(pair.environment["ATTACHE_TLS_CA"])
        (place / "analysis.token").symlink_to(pair.directory / "analysis.token")
        (place / "protos").symlink_to(PROTOS)
        self.assertIn("localhost:50052", guarded)
        port = pair.query_service.address.rsplit(":", 1)[1]
        line = guarded.replace("localhost:50052", f"localhost:{port}")
        self.assertEqual(self.run_line(line, place.path), [])

    def test_calls_by_reflection_where_everybody_has_a_certificate(self):
        pair = GuardedPair()
        self.addCleanup(pair.close)
        server = Server("attache-query", [
            f"--data_dir={pair.directory / 'another'}",
            *(flag for flag in pair.query_flags
              if not flag.startswith("--tls_require_client_certificate"))])
        self.addCleanup(server.kill)
        port = server.address.rsplit(":", 1)[1]
        token = (pair.directory / "analysis.token").read_text().strip()
        done = self.curl(
            f"https://localhost:{port}/attache.v1.TripQueryService/SearchTripRecords",
            {"filter": ""}, "--cacert", pair.environment["ATTACHE_TLS_CA"],
            "--cert", pair.directory / "auditor.pem", "--key", pair.directory / "auditor.key",
            "--header", f"authorization: Bearer {token}")
        self.assertEqual(self.found(done), [])


def main():
    if not BUF.exists():
        print("skipped: buf is not there (scripts/node_packages installs it)")
        return 77
    result = unittest.main(exit=False, verbosity=2, warnings="ignore").result
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
