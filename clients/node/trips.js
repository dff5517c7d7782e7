#!/usr/bin/env node
import { status } from '@grpc/grpc-js';
import { ingestService, queryService } from './attache/channel.js';
import { detailsOf } from './attache/errors.js';
import { briefingsIn, send } from './attache/ingest.js';
import { exportAll, pages } from './attache/lists.js';
import { watch } from './attache/watch.js';
import { Mirror } from './mirror.js';

const USAGE = `An example of a client of Attaché.

  trips.js ingest FOLDER             send the briefings in it
  trips.js list FILTER [PAGE_SIZE]   what matches, page by page
  trips.js export FILTER             all that matches, as one stream
  trips.js watch FILTER STATE_FILE   what matches, then every change to it

ATTACHE_INGESTOR and ATTACHE_QUERY say where the services are, ATTACHE_TIMEOUT
how many seconds a call may take; attache/channel.js tells the rest.`;

const timeout = Number(process.env.ATTACHE_TIMEOUT ?? 30);
const trips = () => queryService(process.env.ATTACHE_QUERY ?? '127.0.0.1:50052', timeout);

async function ingestFolder(folder) {
  const ingestor = ingestService(process.env.ATTACHE_INGESTOR ?? '127.0.0.1:50051', timeout);
  const counts = {};
  for await (const result of send(ingestor, briefingsIn(folder))) {
    const outcome = result.outcome.replace('INGEST_OUTCOME_', '').toLowerCase();
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    const why = outcome === 'rejected' ? `: ${result.status.reason}: ${result.status.message}` : '';
    console.log(`${outcome} ${result.briefing_id}${why}`);
  }
  const outcomes = Object.keys(counts).sort();
  console.log(outcomes.map((outcome) => `${counts[outcome]} ${outcome}`).join(', '));
  ingestor.close();
  return counts.rejected ? 1 : 0;
}

async function show(responses) {
  let count = 0;
  let revision;
  for await (const response of responses) {
    for (const record of response.trip_records) {
      console.log(`${record.record_id}  ${record.title}`);
      count += 1;
    }
    revision = response.revision;
  }
  console.log(`total ${count} at revision ${revision}`);
}

async function listMatches(filter, pageSize = '0') {
  const client = trips();
  const page = { page_size: Number(pageSize), skip_total_size: true };
  await show(pages(client, 'searchTripRecords', { filter, page }));
  client.close();
}

async function exportMatches(filter) {
  const client = trips();
  await show(exportAll(client, filter));
  client.close();
}

async function watchMatches(filter, stateFile) {
  const mirror = new Mirror(stateFile, filter);
  for await (const step of watch(trips(), filter, mirror.position)) mirror.apply(step);
}

function printError(error) {
  if (error.code === undefined || !(error.code in status)) {
    console.error(error.message);
    return;
  }
  const { reason, metadata, fields, retryDelay } = detailsOf(error);
  console.error(`${[status[error.code], reason].filter(Boolean).join(' ')}: ${error.details}`);
  for (const key of Object.keys(metadata).sort()) console.error(`  ${key}: ${metadata[key]}`);
  for (const { field, description } of fields) console.error(`  field ${field}: ${description}`);
  if (retryDelay) console.error(`  try again in ${retryDelay} s`);
}

const COMMANDS = {
  ingest: [ingestFolder, 1, 1],
  list: [listMatches, 1, 2],
  export: [exportMatches, 1, 1],
  watch: [watchMatches, 2, 2],
};

const [name, ...rest] = process.argv.slice(2);
const [command, least, most] = COMMANDS[name] ?? [];
if (!command || rest.length < least || rest.length > most) {
  console.error(USAGE);
  process.exit(2);
}
try {
  process.exitCode = (await command(...rest)) ?? 0;
} catch (error) {
  printError(error);
  process.exit(1);
}
