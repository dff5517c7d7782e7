// What matches a filter, kept in a file: an example of applying a watch.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

// The titles of what matches, with how far the watch has come.
//
// Both are in one file that is replaced as a whole, so that after a crash they
// belong together: nothing is missed, and nothing applied twice.
export class Mirror {
  position = null;
  #path;
  #filter;
  #titles = new Map();
  #stale = new Set(); // held from before a reset, and not sent since

  // Reads the file, unless it is absent or of another filter.
  constructor(path, filter) {
    this.#path = path;
    this.#filter = filter;
    const state = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
    if (state.filter !== filter) return;
    this.#titles = new Map(Object.entries(state.titles));
    this.position = { revision: state.revision, index_id: state.index_id };
  }

  apply({ reset, changes, position }) {
    if (reset) {
      console.log('reset');
      this.#stale = new Set(this.#titles.keys());
    }
    for (const { kind, revision, trip_record: record } of changes) {
      this.#stale.delete(record.record_id);
      if (kind === 'KIND_REMOVED') {
        this.#titles.delete(record.record_id);
        console.log(`- ${revision} ${record.record_id}`);
      } else {
        this.#titles.set(record.record_id, record.title);
        console.log(`+ ${revision} ${record.record_id}  ${record.title}`);
      }
    }
    if (!position) return;
    for (const id of [...this.#stale].sort()) {
      this.#titles.delete(id);
      console.log(`- ${position.revision} ${id}`);
    }
    this.#stale.clear();
    const { revision, index_id } = this.position ?? {};
    if (position.revision === revision && position.index_id === index_id) return;
    this.position = position;
    this.#write();
    console.log(`at ${position.revision}`);
  }

  #write() {
    const state = { filter: this.#filter, ...this.position, titles: Object.fromEntries(this.#titles) };
    const file = openSync(`${this.#path}.partial`, 'w');
    writeSync(file, JSON.stringify(state));
    fsyncSync(file);
    closeSync(file);
    renameSync(`${this.#path}.partial`, this.#path);
  }
}
