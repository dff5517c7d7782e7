"""Trying again after a stream broke."""

import time

import grpc

from attache_client import errors

_FIRST = 0.25
_LONGEST = 10


def is_passing(error):
    """Whether the same call may succeed later, without a change to it."""
    if error.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED):
        return True
    # No word of the service: a connection that broke while it answered.
    if error.code() in (grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL):
        return not errors.details_of(error).reason
    # RATE_LIMITED, TOO_MANY_STREAMS.
    return errors.details_of(error).retry_delay > 0


class Backoff:
    """Waits longer from try to try, until something came."""

    def __init__(self, tries=None):
        """Gives up after `tries` in a row; never where it is None."""
        self._tries = tries
        self.reset()

    def reset(self):
        self._failed = 0

    def wait(self, error):
        """Waits before the next try; raises `error` where there is none."""
        self._failed += 1
        if not is_passing(error) or self._failed == self._tries:
            raise error
        delay = min(_FIRST * 2 ** (self._failed - 1), _LONGEST)
        time.sleep(max(delay, errors.details_of(error).retry_delay))
