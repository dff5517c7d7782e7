#!/usr/bin/env node
import { ConnectError, createClient } from '@connectrpc/connect';
import { detailsOf } from './errors.js';
import { IngestOutcome, IngestService } from './generated/attache/v1/ingest_service_pb.js';
import { TripQueryService } from './generated/attache/v1/trip_query_service_pb.js';
import type { TripRecord } from './generated/attache/v1/trip_record_pb.js';
import { briefingsIn, send } from './ingest.js';
import { exportAll, pages } from './lists.js';
import { Mirror } from './mirror.js';
import { connect } from './transport.js';
import { codeName, watch } from './watch.js';

const USAGE = `An example of a client of Attaché.

  trips.js ingest FOLDER             send the briefings in it
  trips.js list FILTER [PAGE_SIZE]   what matches, page by page
  trips.js export FILTER             all that matches, as one stream
  trips.js watch FILTER STATE_FILE   what matches, then every change to it

ATTACHE_INGESTOR and ATTACHE_QUERY say where the services are, ATTACHE_TIMEOUT
how many seconds a call may take; src/transport.ts tells the rest.`;

const timeout = Number(process.env.ATTACHE_TIMEOUT ?? 30);

function queryService() {
  return createClient(TripQueryService, connect(process.env.ATTACHE_QUERY ?? '127.0.0.1:50052', timeout));
}

async function ingestFolder(folder: string): Promise<number> {
  const address = process.env.ATTACHE_INGESTOR ?? '127.0.0.1:50051';
  const ingestor = createClient(IngestService, connect(address, timeout));
  const counts: { [outcome: string]: number } = {};
  for await (const result of send(ingestor, briefingsIn(folder))) {
    const outcome = IngestOutcome[result.outcome]!.toLowerCase();
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    const why = result.status ? `: ${result.status.reason}: ${result.status.message}` : '';
    console.log(`${outcome} ${result.briefingId}${why}`);
  }
  const outcomes = Object.keys(counts).sort();
  console.log(outcomes.map((outcome) => `${counts[outcome]} ${outcome}`).join(', '));
  return counts.rejected ? 1 : 0;
}

async function show(responses: AsyncIterable<{ tripRecords: TripRecord[]; revision: bigint }>) {
  let count = 0;
  let at = 0n;
  for await (const { tripRecords, revision } of responses) {
    for (const record of tripRecords) console.log(`${record.recordId}  ${record.title}`);
    count += tripRecords.length;
    at = revision;
  }
  console.log(`total ${count} at revision ${at}`);
  return 0;
}

function listMatches(filter: string, size = '0') {
  const trips = queryService();
  const page = { pageSize: Number(size), skipTotalSize: true };
  return show(
    pages((pageToken) => trips.searchTripRecords({ filter, page: { ...page, pageToken } })),
  );
}

function exportMatches(filter: string) {
  return show(exportAll(queryService(), filter));
}

async function watchMatches(filter: string, stateFile: string): Promise<number> {
  const mirror = new Mirror(stateFile, filter);
  for await (const step of watch(queryService(), filter, mirror.position)) mirror.apply(step);
  return 0;
}

function printError(error: unknown): void {
  if (!(error instanceof ConnectError)) {
    console.error(error instanceof Error ? error.message : error);
    return;
  }
  const { reason, metadata, fields, retryDelay } = detailsOf(error);
  const name = [codeName(error.code), reason].filter(Boolean).join(' ');
  console.error(`${name}: ${error.rawMessage}`);
  for (const key of Object.keys(metadata).sort()) console.error(`  ${key}: ${metadata[key]}`);
  for (const { field, description } of fields) console.error(`  field ${field}: ${description}`);
  if (retryDelay) console.error(`  try again in ${retryDelay} s`);
}

type Command = (...rest: string[]) => Promise<number>;
const COMMANDS: { [name: string]: [Command, number, number] } = {
  ingest: [ingestFolder as Command, 1, 1],
  list: [listMatches as Command, 1, 2],
  export: [exportMatches as Command, 1, 1],
  watch: [watchMatches as Command, 2, 2],
};

const [name = '', ...rest] = process.argv.slice(2);
const [command, least, most] = COMMANDS[name] ?? [];
if (!command || rest.length < least! || rest.length > most!) {
  console.error(USAGE);
  process.exit(2);
}
try {
  // Idle connections would keep the process for a while.
  process.exit(await command(...rest));
} catch (error) {
  printError(error);
  process.exit(1);
}
