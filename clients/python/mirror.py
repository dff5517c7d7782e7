"""What matches a filter, kept in a file: an example of applying a watch."""

import json
import os

from attache.v1 import trip_query_service_pb2 as query
from attache_client.watch import Position


class Mirror:
    """The titles of what matches, with how far the watch has come.

    Both are in one file that is replaced as a whole, so that after a crash they
    belong together: nothing is missed, and nothing applied twice.
    """

    def __init__(self, path, text):
        """Reads the file, unless it is absent or of another filter."""
        self._path = path
        self._filter = text
        self._titles = {}
        self._stale = set()  # held from before a reset, and not sent since
        self.position = Position()
        if not os.path.exists(path):
            return
        with open(path, encoding="utf-8") as file:
            state = json.load(file)
        if state["filter"] == text:
            self._titles = state["titles"]
            self.position = Position(state["revision"], state["index_id"])

    def apply(self, step):
        if step.reset:
            print("reset")
            self._stale = set(self._titles)
        for change in step.changes:
            record = change.trip_record
            self._stale.discard(record.record_id)
            if change.kind == query.TripChange.KIND_REMOVED:
                self._titles.pop(record.record_id, None)
                print(f"- {change.revision} {record.record_id}")
            else:
                self._titles[record.record_id] = record.title
                print(f"+ {change.revision} {record.record_id}  {record.title}")
        if not step.position:
            return
        for record_id in sorted(self._stale):
            del self._titles[record_id]
            print(f"- {step.position.revision} {record_id}")
        self._stale.clear()
        if step.position != self.position:
            self.position = step.position
            self._write()
            print(f"at {step.position.revision}")

    def _write(self):
        partial = self._path + ".partial"
        with open(partial, "w", encoding="utf-8") as file:
            json.dump({
                "filter": self._filter,
                "index_id": self.position.index_id,
                "revision": self.position.revision,
                "titles": self._titles,
            }, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, self._path)
