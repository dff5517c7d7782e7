// Trying again after a stream broke.
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { detailsOf } from './errors.js';

const FIRST = 0.25;
const LONGEST = 10;

// Whether the same call may succeed later, without a change to it.
export function isPassing(error) {
  if (error.code === status.UNAVAILABLE || error.code === status.CANCELLED) return true;
  // No word of the service: a connection that broke while it answered.
  if (error.code === status.UNKNOWN || error.code === status.INTERNAL) {
    return !detailsOf(error).reason;
  }
  // RATE_LIMITED, TOO_MANY_STREAMS.
  return detailsOf(error).retryDelay > 0;
}

// Waits longer from try to try, until something came.
export class Backoff {
  #failed = 0;
  #tries;

  // Gives up after `tries` in a row.
  constructor(tries = Infinity) {
    this.#tries = tries;
  }

  reset() {
    this.#failed = 0;
  }

  // Waits before the next try; throws `error` where there is none.
  async wait(error) {
    this.#failed += 1;
    if (!isPassing(error) || this.#failed === this.#tries) throw error;
    const delay = Math.min(FIRST * 2 ** (this.#failed - 1), LONGEST);
    await sleep(1000 * Math.max(delay, detailsOf(error).retryDelay));
  }
}
