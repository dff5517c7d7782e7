// Following what matches a filter, for as long as it takes.
import { type Client, Code, ConnectError } from '@connectrpc/connect';
import { Backoff } from './backoff.js';
import { detailsOf } from './errors.js';
import type {
  TripChange,
  TripQueryService,
} from './generated/attache/v1/trip_query_service_pb.js';
import { STREAM } from './transport.js';

// There is nothing to go on from any more.
const START_AFRESH = ['HISTORY_GONE', 'INDEX_REPLACED'];

// How far a watch has come. Keep it with what the changes were applied to.
export interface Position {
  revision: bigint;
  indexId: string;
}

// What a watch saw next. Apply it as a whole.
//
// From a `reset` on comes all that matches now; what is held from before and was
// not sent up to the next step with a position matches no longer. Every later step
// is a revision, complete, and comes once.
export interface Step {
  reset: boolean;
  // Records that match, or match no longer.
  changes: TripChange[];
  // Where to go on from once the step is applied.
  position?: Position;
}

// Yields the steps of a watch of a filter, without end. Begins with what matches
// now or, where a `position` is given, with what has changed since.
export async function* watch(
  trips: Client<typeof TripQueryService>,
  filter: string,
  position?: Position,
): AsyncGenerator<Step> {
  const backoff = new Backoff();
  while (true) {
    try {
      for await (const step of steps(trips, filter, position)) {
        backoff.reset();
        if (step.position) position = step.position;
        yield step;
      }
    } catch (thrown) {
      const error = ConnectError.from(thrown);
      const { reason } = detailsOf(error);
      console.error(['watch:', codeName(error.code), reason].filter(Boolean).join(' '));
      if (START_AFRESH.includes(reason)) {
        position = undefined;
      } else {
        await backoff.wait(error);
      }
    }
  }
}

// As other languages write it: 'INVALID_ARGUMENT'.
export function codeName(code: Code): string {
  if (code === Code.Canceled) return 'CANCELLED';
  return Code[code].replace(/(?<!^)[A-Z]/g, '_$&').toUpperCase();
}

// The steps of one stream.
async function* steps(
  trips: Client<typeof TripQueryService>,
  filter: string,
  position?: Position,
): AsyncGenerator<Step> {
  let catchingUp = !position?.revision;
  const from = { startRevision: position?.revision, indexId: position?.indexId };
  let reset = catchingUp;
  let changes: TripChange[] = [];
  for await (const response of trips.watchTripRecords({ filter, ...from }, STREAM)) {
    changes.push(...response.changes);
    const { revision, synced, indexId } = response;
    // Of an index without records `synced` comes at revision 0.
    const complete = revision !== 0n || synced;
    if (!complete && !catchingUp) continue; // more of this revision follows
    yield { reset, changes, position: complete ? { revision, indexId } : undefined };
    reset = false;
    if (complete) catchingUp = false;
    changes = [];
  }
}
