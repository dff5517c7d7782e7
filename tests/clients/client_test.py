#!/usr/bin/python3
"""Holds an example client against real servers: client_test.py CLIENT.

All clients take the same commands and print the same lines, so one test is for
all. Exits with 77, and says why, where what the client needs is not there.
"""

import os
import subprocess
import sys
import time
import unittest

import examples
from client_case import ClientTest
from clients import CLIENTS
from errors_cases import Errors
from guarded_cases import Guarded
from lists_cases import Lists
from support import PATIENCE
from watches_cases import Watches

# unittest runs those of this module's names.
__all__ = ["Errors", "Guarded", "Lists", "Readme", "Watches"]


class Readme(ClientTest):
    def test_commands_print_what_stands_there(self):
        pair = self.pair()
        commands = examples.commands(self.folder / "README.md")
        self.assertGreater(len(commands), 3)
        for command, expected in commands:
            done = subprocess.run(
                ["bash", "-c", command], cwd=self.folder, timeout=PATIENCE, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                env=os.environ | self.client.environment | pair.environment)
            self.assertTrue(examples.is_printed(expected, done.stdout),
                            f"$ {command}\n{done.stdout}")


def main():
    client = CLIENTS[sys.argv.pop(1)]
    missing = client.missing()
    if missing:
        print(f"skipped, for clients/{client.folder} needs", ", ".join(missing))
        return 77
    start = time.monotonic()
    ClientTest.client = client
    ClientTest.folder = client.prepare()
    print(f"built in {time.monotonic() - start:.1f} s")
    result = unittest.main(exit=False, verbosity=2, warnings="ignore").result
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
