# frozen_string_literal: true

require 'grpc'
require 'json'

module AttacheClient
  # Stubs of the services: TLS, token, deadline and retries.
  #
  # The settings are those of the `attache` command, in the same variables of the
  # environment: ATTACHE_TLS_CA, ATTACHE_CLIENT_CERTIFICATE, ATTACHE_CLIENT_KEY,
  # ATTACHE_TLS_SERVER_NAME, ATTACHE_TOKEN_FILE and ATTACHE_TOKEN.
  module Channel
    module_function

    # A stub of `service` (Attache::V1::TripQueryService) at `address`,
    # "host:port". `timeout` is in seconds.
    def stub(service, address, timeout: 30)
      arguments = {
        'grpc.service_config' => JSON.generate(service_config(timeout)),
        # Notice within a minute that the other side is gone without a word.
        'grpc.keepalive_time_ms' => 30_000,
        'grpc.keepalive_timeout_ms' => 20_000,
        # Find a service that was restarted soon.
        'grpc.initial_reconnect_backoff_ms' => 200,
        'grpc.max_reconnect_backoff_ms' => 2_000,
        # A single record may be larger than gRPC's default of 4 MiB.
        'grpc.max_receive_message_length' => 64 << 20
      }
      name = ENV['ATTACHE_TLS_SERVER_NAME']
      arguments['grpc.ssl_target_name_override'] = name if name
      service::Stub.new(address, credentials, channel_args: arguments)
    end

    QUERY = 'attache.v1.TripQueryService'
    INGEST = 'attache.v1.IngestService'

    # Every call of one request and one answer ends within the timeout, and is
    # tried again where the service is away for a moment. Streams have no
    # deadline: what reads them goes on by itself where they break.
    def service_config(timeout)
      {
        methodConfig: [{
          name: [{ service: QUERY }, { service: INGEST }],
          timeout: "#{timeout}s",
          retryPolicy: {
            maxAttempts: 5,
            initialBackoff: '0.2s',
            maxBackoff: '5s',
            backoffMultiplier: 2,
            retryableStatusCodes: ['UNAVAILABLE']
          }
        }, {
          name: [
            { service: QUERY, method: 'ExportTripRecords' },
            { service: QUERY, method: 'WatchTripRecords' },
            { service: INGEST, method: 'StreamBriefings' },
            { service: INGEST, method: 'ReparseBriefings' }
          ]
        }]
      }
    end

    def credentials
      ca = read('ATTACHE_TLS_CA')
      token = read('ATTACHE_TOKEN_FILE')&.strip || ENV['ATTACHE_TOKEN']
      if ca.nil?
        raise ArgumentError, 'a token is sent over TLS alone: set ATTACHE_TLS_CA' if token

        return :this_channel_is_insecure
      end
      key = read('ATTACHE_CLIENT_KEY')
      tls = key ? [ca, key, read('ATTACHE_CLIENT_CERTIFICATE')] : [ca]
      credentials = GRPC::Core::ChannelCredentials.new(*tls)
      return credentials unless token

      bearer = proc { { authorization: "Bearer #{token}" } }
      credentials.compose(GRPC::Core::CallCredentials.new(bearer))
    end

    def read(variable)
      path = ENV[variable]
      path && File.read(path)
    end
  end
end
