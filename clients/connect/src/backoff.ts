// Trying again after a stream broke.
import { setTimeout as sleep } from 'node:timers/promises';
import { Code, type ConnectError } from '@connectrpc/connect';
import { detailsOf } from './errors.js';

const FIRST = 0.25;
const LONGEST = 10;

// Whether the same call may succeed later, without a change to it.
export function isPassing(error: ConnectError): boolean {
  const { reason, retryDelay } = detailsOf(error);
  switch (error.code) {
    case Code.Unavailable:
    case Code.Canceled:
      return true;
    // No word of the service: a connection that broke while it answered.
    case Code.Aborted:
    case Code.Internal:
    case Code.Unknown:
      return !reason;
    default:
      // RATE_LIMITED, TOO_MANY_STREAMS.
      return retryDelay > 0;
  }
}

// Waits longer from try to try, until something came.
export class Backoff {
  #failed = 0;

  // Gives up after `tries` in a row.
  constructor(private readonly tries = Infinity) {}

  reset(): void {
    this.#failed = 0;
  }

  // Waits before the next try; throws `error` where there is none.
  async wait(error: ConnectError): Promise<void> {
    this.#failed += 1;
    if (!isPassing(error) || this.#failed === this.tries) throw error;
    const delay = Math.min(FIRST * 2 ** (this.#failed - 1), LONGEST);
    await sleep(1_000 * Math.max(delay, detailsOf(error).retryDelay));
  }
}
