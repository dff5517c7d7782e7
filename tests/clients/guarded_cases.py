"""TLS, tokens and certificates."""

from client_case import ClientTest
from support import SOURCE, GuardedPair


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
