"""What the tests of a client have in common."""

import os
import subprocess
import unittest

from support import PATIENCE, Directory, Pair, Running


def changes(lines):
    """Of what a watch prints, what changed."""
    return [line for line in lines if line[0] in "+-"]


class ClientTest(unittest.TestCase):
    """A test of `client`, built in `folder`; both are set before it runs."""

    client = None
    folder = None
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
            [*self.client.start, *map(str, arguments)], cwd=self.folder,
            capture_output=True, text=True, timeout=PATIENCE,
            env=os.environ | self.client.environment | pair.environment | environment)

    def start_client(self, pair, *arguments, **environment):
        running = Running([*self.client.start, *map(str, arguments)], self.folder,
                          self.client.environment | pair.environment | environment)
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
