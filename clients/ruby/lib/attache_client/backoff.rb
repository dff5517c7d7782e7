# frozen_string_literal: true

require 'attache_client/errors'

module AttacheClient
  # Tries again after a stream broke; waits longer from try to try, until
  # something came.
  class Backoff
    FIRST = 0.25
    LONGEST = 10

    # Gives up after `tries` in a row.
    def initialize(tries: Float::INFINITY)
      @tries = tries
      reset
    end

    def reset
      @failed = 0
    end

    # Waits before the next try; raises `error` where there is none.
    def wait(error)
      @failed += 1
      raise error if !passing?(error) || @failed == @tries

      delay = [FIRST * 2**(@failed - 1), LONGEST].min
      sleep([delay, AttacheClient.details_of(error).retry_delay].max)
    end

    private

    # Whether the same call may succeed later, without a change to it.
    def passing?(error)
      details = AttacheClient.details_of(error)
      case error
      when GRPC::Unavailable, GRPC::Cancelled then true
      # No word of the service: a connection that broke while it answered.
      when GRPC::Unknown, GRPC::Internal then details.reason.empty?
      # RATE_LIMITED, TOO_MANY_STREAMS.
      else details.retry_delay.positive?
      end
    end
  end
end
