// What matches a filter, kept in a file: an example of applying a watch.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { TripChange_Kind } from './generated/attache/v1/trip_query_service_pb.js';
import type { Position, Step } from './watch.js';

// The titles of what matches, with how far the watch has come.
//
// Both are in one file that is replaced as a whole, so that after a crash they
// belong together: nothing is missed, and nothing applied twice.
export class Mirror {
  position?: Position;
  #titles = new Map<string, string>();
  #stale = new Set<string>(); // held from before a reset, and not sent since

  // Reads the file, unless it is absent or of another filter.
  constructor(
    private readonly path: string,
    private readonly filter: string,
  ) {
    const state = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
    if (state.filter !== filter) return;
    this.#titles = new Map(Object.entries(state.titles));
    this.position = { revision: BigInt(state.revision), indexId: state.index_id };
  }

  apply({ reset, changes, position }: Step): void {
    if (reset) {
      console.log('reset');
      this.#stale = new Set(this.#titles.keys());
    }
    for (const { kind, revision, tripRecord } of changes) {
      const { recordId, title } = tripRecord!;
      this.#stale.delete(recordId);
      if (kind === TripChange_Kind.REMOVED) {
        this.#titles.delete(recordId);
        console.log(`- ${revision} ${recordId}`);
      } else {
        this.#titles.set(recordId, title);
        console.log(`+ ${revision} ${recordId}  ${title}`);
      }
    }
    if (!position) return;
    for (const id of [...this.#stale].sort()) {
      this.#titles.delete(id);
      console.log(`- ${position.revision} ${id}`);
    }
    this.#stale.clear();
    const { revision, indexId } = this.position ?? {};
    if (position.revision === revision && position.indexId === indexId) return;
    this.position = position;
    this.#write(position);
    console.log(`at ${position.revision}`);
  }

  #write({ revision, indexId }: Position): void {
    const state = {
      filter: this.filter,
      revision: `${revision}`,
      index_id: indexId,
      titles: Object.fromEntries(this.#titles),
    };
    const file = openSync(`${this.path}.partial`, 'w');
    writeSync(file, JSON.stringify(state));
    fsyncSync(file);
    closeSync(file);
    renameSync(`${this.path}.partial`, this.path);
  }
}
