// Sending a folder of briefings.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { create } from '@bufbuild/protobuf';
import { type Client, ConnectError } from '@connectrpc/connect';
import { Backoff } from './backoff.js';
import { type Briefing, BriefingSchema } from './generated/attache/v1/briefing_pb.js';
import {
  Durability,
  type IngestResult,
  type IngestService,
  type StreamBriefingsRequest,
  StreamBriefingsRequestSchema,
} from './generated/attache/v1/ingest_service_pb.js';
import { STREAM } from './transport.js';

const MEDIA_TYPES: { [extension: string]: string } = {
  '.txt': 'text/plain',
  '.md': 'text/markdown',
  '.html': 'text/html',
};

// Briefings that one stream carries, and so the most that are held here.
const BATCH = 64;

// The briefings in a folder and those below it, known by their paths.
export async function* briefingsIn(folder: string, below = ''): AsyncGenerator<Briefing> {
  const entries = await readdir(path.join(folder, below), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.posix.join(below, entry.name);
    const mediaType = MEDIA_TYPES[path.extname(name).toLowerCase()];
    if (entry.isDirectory()) {
      yield* briefingsIn(folder, name);
    } else if (mediaType && entry.isFile()) {
      const content = await readFile(path.join(folder, name));
      yield create(BriefingSchema, { briefingId: name, mediaType, content });
    }
  }
}

// Sends `briefings`; yields their results, in order, as they come.
//
// A briefing that is refused has IngestOutcome.REJECTED and a status, and the
// others go on. Where a stream breaks, what has no answer is sent again: that is
// safe, for a briefing is known by its id.
export async function* send(
  ingestor: Client<typeof IngestService>,
  briefings: AsyncIterable<Briefing>,
  durability = Durability.INDEXED,
): AsyncGenerator<IngestResult> {
  let batch: StreamBriefingsRequest[] = [];
  for await (const briefing of briefings) {
    const item = { case: 'briefing', value: briefing } as const;
    batch.push(create(StreamBriefingsRequestSchema, { item, durability }));
    if (batch.length < BATCH) continue;
    yield* sendBatch(ingestor, batch);
    batch = [];
  }
  yield* sendBatch(ingestor, batch);
}

async function* sendBatch(
  ingestor: Client<typeof IngestService>,
  batch: StreamBriefingsRequest[],
): AsyncGenerator<IngestResult> {
  const backoff = new Backoff(8);
  while (batch.length > 0) {
    try {
      for await (const { result } of ingestor.streamBriefings(all(batch), STREAM)) {
        backoff.reset();
        batch.shift();
        yield result!;
      }
    } catch (error) {
      await backoff.wait(ConnectError.from(error));
    }
  }
}

// Of a copy: the batch loses what is answered while it is sent.
async function* all(batch: StreamBriefingsRequest[]): AsyncGenerator<StreamBriefingsRequest> {
  yield* [...batch];
}
