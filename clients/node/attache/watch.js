// Following what matches a filter, for as long as it takes.
import { status } from '@grpc/grpc-js';
import { Backoff } from './backoff.js';
import { detailsOf } from './errors.js';

// There is nothing to go on from any more.
const START_AFRESH = ['HISTORY_GONE', 'INDEX_REPLACED'];

// Yields the steps of a watch of a filter, without end. Begins with what matches
// now or, where a `position` is given, with what has changed since.
//
// A step is to be applied as a whole:
//   reset     from here on comes all that matches now; what is held from before
//             and was not sent up to the next step with a position matches no
//             longer
//   changes   TripChanges: records that match, or match no longer
//   position  { revision, index_id } to go on from, to be kept with what the
//             changes were applied to
// Every step after that is a revision, complete, and comes once.
export async function* watch(trips, filter, position = null) {
  const backoff = new Backoff();
  while (true) {
    try {
      for await (const step of steps(trips, filter, position)) {
        backoff.reset();
        if (step.position) position = step.position;
        yield step;
      }
    } catch (error) {
      const { reason } = detailsOf(error);
      console.error(['watch:', status[error.code], reason].filter(Boolean).join(' '));
      if (START_AFRESH.includes(reason)) {
        position = null;
      } else {
        await backoff.wait(error);
      }
    }
  }
}

// The steps of one stream.
async function* steps(trips, filter, position) {
  const call = trips.watchTripRecords({
    filter,
    start_revision: position?.revision ?? '0',
    index_id: position?.index_id ?? '',
  });
  try {
    let catchingUp = (position?.revision ?? '0') === '0';
    let reset = catchingUp;
    let changes = [];
    for await (const response of call) {
      changes.push(...response.changes);
      // Of an index without records `synced` comes at revision 0.
      const complete = response.revision !== '0' || response.synced;
      if (!complete && !catchingUp) continue; // more of this revision follows
      const { revision, index_id } = response;
      yield { reset, changes, position: complete ? { revision, index_id } : null };
      reset = false;
      if (complete) catchingUp = false;
      changes = [];
    }
  } finally {
    call.cancel();
  }
}
