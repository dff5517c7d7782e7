// Sending a folder of briefings.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Backoff } from './backoff.js';

const MEDIA_TYPES = {
  '.txt': 'text/plain',
  '.md': 'text/markdown',
  '.html': 'text/html',
};

// Briefings that one stream carries, and so the most that are held here.
const BATCH = 64;

// The briefings in a folder and those below it, known by their paths.
export async function* briefingsIn(folder, below = '') {
  const entries = await readdir(path.join(folder, below), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.posix.join(below, entry.name);
    const mediaType = MEDIA_TYPES[path.extname(name).toLowerCase()];
    if (entry.isDirectory()) {
      yield* briefingsIn(folder, name);
    } else if (mediaType && entry.isFile()) {
      const content = await readFile(path.join(folder, name));
      yield { briefing_id: name, media_type: mediaType, content };
    }
  }
}

// Sends `briefings`; yields their IngestResults, in order, as they come.
//
// A briefing that is refused has INGEST_OUTCOME_REJECTED and a status, and the
// others go on. Where a stream breaks, what has no answer is sent again: that is
// safe, for a briefing is known by its id.
export async function* send(ingestor, briefings, durability = 'DURABILITY_INDEXED') {
  let batch = [];
  for await (const briefing of briefings) {
    batch.push({ briefing, durability });
    if (batch.length < BATCH) continue;
    yield* sendBatch(ingestor, batch);
    batch = [];
  }
  yield* sendBatch(ingestor, batch);
}

async function* sendBatch(ingestor, batch) {
  const backoff = new Backoff(8);
  while (batch.length > 0) {
    const call = ingestor.streamBriefings();
    for (const request of batch) call.write(request);
    call.end();
    try {
      for await (const response of call) {
        backoff.reset();
        batch.shift();
        yield response.result;
      }
    } catch (error) {
      await backoff.wait(error);
    } finally {
      call.cancel();
    }
  }
}
