# frozen_string_literal: true

require 'attache/v1/trip_query_service_pb'
require 'attache_client/backoff'

module AttacheClient
  # Lists in pages, and exports.
  module Lists
    module_function

    # The pages of a list, each a ListTripRecordsResponse, as they are read.
    #
    # `method` is the name of any list of TripQueryService, `request` its first
    # request. All pages show one revision of the index. Where that is held no
    # longer, because nobody asked for the next page in time, the error is
    # FAILED_PRECONDITION PAGE_EXPIRED: begin again. Who does not need total_size
    # saves counting with skip_total_size; it has to be the same for all pages,
    # as everything is but page_size.
    def pages(trips, method, request)
      return enum_for(:pages, trips, method, request) unless block_given?

      request.page ||= Attache::V1::PageOptions.new
      loop do
        page = trips.public_send(method, request)
        yield page
        # Only an empty token means the end; a page may be short, or empty.
        break if page.next_page_token.empty?

        request.page.page_token = page.next_page_token
      end
    end

    # The responses that hold all that matches a filter.
    #
    # Goes on where the stream breaks; all responses are of one revision, and
    # hold each record once.
    def export(trips, filter)
      return enum_for(:export, trips, filter) unless block_given?

      request = Attache::V1::ExportTripRecordsRequest.new(filter: filter)
      backoff = Backoff.new(tries: 8)
      loop do
        trips.export_trip_records(request).each do |response|
          backoff.reset
          request.page_token = response.next_page_token
          yield response
        end
        return if request.page_token.empty?
      rescue GRPC::BadStatus => e
        backoff.wait(e)
      end
    end
  end
end
