# frozen_string_literal: true

require 'attache/v1/trip_query_service_pb'
require 'attache_client/backoff'

module AttacheClient
  # Follows what matches a filter, for as long as it takes.
  module Watch
    # How far a watch has come. Keep it with what the changes were applied to.
    Position = Struct.new(:revision, :index_id)

    # What a watch saw next. Apply it as a whole.
    #
    # From a `reset` on comes all that matches now; what is held from before and was
    # not sent up to the next step with a position matches no longer. Every later
    # step is a revision, complete, and comes once. `changes` are
    # Attache::V1::TripChanges, `position` is where to go on from once the step is
    # applied.
    Step = Struct.new(:reset, :changes, :position)

    # There is nothing to go on from any more.
    START_AFRESH = %w[HISTORY_GONE INDEX_REPLACED].freeze

    module_function

    # Yields the Steps of a watch, without end. Begins with what matches now or,
    # where a position is given, with what has changed since.
    def watch(trips, filter, position = nil)
      backoff = Backoff.new
      loop do
        steps(trips, filter, position) do |step|
          backoff.reset
          position = step.position if step.position
          yield step
        end
      rescue GRPC::BadStatus => e
        reason = AttacheClient.details_of(e).reason
        warn ['watch:', AttacheClient.code_name(e), reason].reject(&:empty?).join(' ')
        if START_AFRESH.include?(reason)
          position = nil
        else
          backoff.wait(e)
        end
      end
    end

    # The steps of one stream.
    def steps(trips, filter, position)
      request = Attache::V1::WatchTripRecordsRequest.new(
        filter: filter, start_revision: position&.revision || 0,
        index_id: position&.index_id || ''
      )
      catching_up = request.start_revision.zero?
      reset = catching_up
      changes = []
      trips.watch_trip_records(request).each do |response|
        changes.concat(response.changes.to_a)
        # Of an index without records `synced` comes at revision 0.
        complete = response.revision.positive? || response.synced
        next unless complete || catching_up # more of this revision follows

        reached = Position.new(response.revision, response.index_id) if complete
        yield Step.new(reset, changes, reached)
        reset = false
        catching_up = false if complete
        changes = []
      end
    end
  end
end
