#!/usr/bin/ruby
# frozen_string_literal: true

# lib/ is the client, generated/ what ./generate leaves.
$LOAD_PATH.unshift(*%w[. lib generated].map { |folder| File.join(__dir__, folder) })

require 'attache/v1/ingest_service_services_pb'
require 'attache/v1/trip_query_service_services_pb'
require 'attache_client/channel'
require 'attache_client/ingest'
require 'attache_client/lists'
require 'attache_client/watch'
require 'mirror'

USAGE = <<~TEXT
  An example of a client of Attaché.

    trips.rb ingest FOLDER             send the briefings in it
    trips.rb list FILTER [PAGE_SIZE]   what matches, page by page
    trips.rb export FILTER             all that matches, as one stream
    trips.rb watch FILTER STATE_FILE   what matches, then every change to it

  ATTACHE_INGESTOR and ATTACHE_QUERY say where the services are, ATTACHE_TIMEOUT
  how many seconds a call may take; lib/attache_client/channel.rb tells the rest.
TEXT

def connect(service, variable, default)
  AttacheClient::Channel.stub(
    service, ENV.fetch(variable, default), timeout: ENV.fetch('ATTACHE_TIMEOUT', '30')
  )
end

def query_service
  connect(Attache::V1::TripQueryService, 'ATTACHE_QUERY', '127.0.0.1:50052')
end

def ingest(folder)
  ingestor = connect(Attache::V1::IngestService, 'ATTACHE_INGESTOR', '127.0.0.1:50051')
  counts = Hash.new(0)
  AttacheClient::Ingest.submit(ingestor, AttacheClient::Ingest.briefings_in(folder)) do |result|
    outcome = result.outcome.to_s.delete_prefix('INGEST_OUTCOME_').downcase
    counts[outcome] += 1
    why = ": #{result.status.reason}: #{result.status.message}" if outcome == 'rejected'
    puts "#{outcome} #{result.briefing_id}#{why}"
  end
  puts counts.sort.map { |outcome, count| "#{count} #{outcome}" }.join(', ')
  counts.key?('rejected') ? 1 : 0
end

def show(responses)
  count = 0
  revision = 0
  responses.each do |response|
    response.trip_records.each { |record| puts "#{record.record_id}  #{record.title}" }
    count += response.trip_records.size
    revision = response.revision
  end
  puts "total #{count} at revision #{revision}"
  0
end

def list(filter, page_size = '0')
  request = Attache::V1::SearchTripRecordsRequest.new(
    filter: filter,
    page: Attache::V1::PageOptions.new(page_size: Integer(page_size), skip_total_size: true)
  )
  show(AttacheClient::Lists.pages(query_service, :search_trip_records, request))
end

def export(filter)
  show(AttacheClient::Lists.export(query_service, filter))
end

def watch(filter, state_file)
  mirror = Mirror.new(state_file, filter)
  AttacheClient::Watch.watch(query_service, filter, mirror.position) { |step| mirror.apply(step) }
end

def print_error(error)
  details = AttacheClient.details_of(error)
  name = [AttacheClient.code_name(error), details.reason].reject(&:empty?).join(' ')
  warn "#{name}: #{error.details}"
  details.metadata.sort.each { |key, value| warn "  #{key}: #{value}" }
  details.fields.each { |field, description| warn "  field #{field}: #{description}" }
  warn "  try again in #{details.retry_delay} s" if details.retry_delay.positive?
end

COMMANDS = {
  'ingest' => [:ingest, 1..1],
  'list' => [:list, 1..2],
  'export' => [:export, 1..1],
  'watch' => [:watch, 2..2]
}.freeze

$stdout.sync = true
command, counts = COMMANDS[ARGV.first]
unless command && counts.cover?(ARGV.size - 1)
  warn USAGE
  exit 2
end
begin
  exit send(command, *ARGV.drop(1))
rescue GRPC::BadStatus => e
  print_error(e)
  exit 1
rescue ArgumentError, SystemCallError => e
  warn e.message
  exit 1
rescue Interrupt
  exit 130
end
