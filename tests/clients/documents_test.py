#!/usr/bin/python3
"""What docs/clients.md shows stands in the clients, which client_test.py runs."""

import re
import sys
import tempfile
import unittest
from pathlib import Path

import examples
from support import SOURCE

DOCUMENT = SOURCE / "docs/clients.md"
LANGUAGES = {"javascript": ".js", "python": ".py", "typescript": ".ts", "ruby": ".rb", "go": ".go"}


class Documents(unittest.TestCase):
    def test_snippets_are_pieces_of_the_clients(self):
        shown = {}
        for number, before, lines in examples.blocks(DOCUMENT):
            source = re.fullmatch(r"`(clients/[^`]+)`:", before)
            if source is None:
                continue
            shown.setdefault(source[1].split("/")[1], []).append(number)
            with self.subTest(line=number):
                self.assertTrue(examples.is_part(lines, SOURCE / source[1]),
                                f"docs/clients.md:{number} is no piece of {source[1]}")
        self.assertEqual({client: len(lines) for client, lines in shown.items()},
                         dict.fromkeys(("python", "connect", "ruby", "go"), 6) | {"node": 1})

    def test_every_snippet_says_where_it_is_from(self):
        text = DOCUMENT.read_text().splitlines()
        for number, before, _ in examples.blocks(DOCUMENT):
            language = text[number - 1].removeprefix("```")
            if language in LANGUAGES:
                self.assertRegex(before, rf"^`clients/[^`]+\{LANGUAGES[language]}`:$",
                                 f"docs/clients.md:{number}")


class Examples(unittest.TestCase):
    def test_a_piece_may_be_indented(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            path.write_text("a\n    b\n      c\n\n    d\n")
            self.assertTrue(examples.is_part(["b", "  c", "", "d"], path))
            self.assertFalse(examples.is_part(["b", "c"], path))
            self.assertFalse(examples.is_part(["b", "  c", "d"], path))
            self.assertFalse(examples.is_part(["b", "  x"], path))

    def test_dots_stand_for_any_lines(self):
        self.assertTrue(examples.is_printed(["a", "...", "c"], "a\nb\nb\nc\n"))
        self.assertTrue(examples.is_printed(["a", "...", "c"], "a\nc\n"))
        self.assertFalse(examples.is_printed(["a", "...", "c"], "a\nb\n"))
        self.assertFalse(examples.is_printed(["a"], "a\nb\n"))
        self.assertTrue(examples.is_printed([], ""))


if __name__ == "__main__":
    sys.exit(0 if unittest.main(exit=False, verbosity=2).result.wasSuccessful() else 1)
