# frozen_string_literal: true

require 'attache/v1/ingest_service_pb'
require 'attache_client/backoff'

module AttacheClient
  # Sending a folder of briefings.
  module Ingest
    MEDIA_TYPES = {
      '.txt' => 'text/plain',
      '.md' => 'text/markdown',
      '.html' => 'text/html'
    }.freeze

    # Briefings that one stream carries, and so the most that are held here.
    BATCH = 64

    module_function

    # The briefings in a folder and those below it, known by their paths.
    def briefings_in(folder)
      raise Errno::ENOENT, folder unless File.directory?(folder)

      Dir.glob('**/*', base: folder).sort.lazy.filter_map do |name|
        media_type = MEDIA_TYPES[File.extname(name).downcase]
        path = File.join(folder, name)
        next unless media_type && File.file?(path)

        Attache::V1::Briefing.new(
          briefing_id: name, media_type: media_type, content: File.binread(path)
        )
      end
    end

    # Sends `briefings`; yields their IngestResults, in order, as they come.
    #
    # A briefing that is refused has :INGEST_OUTCOME_REJECTED and a status, and
    # the others go on. Where a stream breaks, what has no answer is sent again:
    # that is safe, for a briefing is known by its id.
    def submit(ingestor, briefings, durability: :DURABILITY_INDEXED, &block)
      briefings.each_slice(BATCH) do |slice|
        batch = slice.map do |briefing|
          Attache::V1::StreamBriefingsRequest.new(briefing: briefing, durability: durability)
        end
        submit_batch(ingestor, batch, &block)
      end
    end

    def submit_batch(ingestor, batch)
      backoff = Backoff.new(tries: 8)
      until batch.empty?
        begin
          # Of a copy: the batch loses what is answered while it is sent.
          ingestor.stream_briefings(batch.dup).each do |response|
            backoff.reset
            batch.shift
            yield response.result
          end
        rescue GRPC::BadStatus => e
          backoff.wait(e)
        end
      end
    end
  end
end
