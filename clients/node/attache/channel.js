// Clients of the services: TLS, token, deadline and retries.
//
// The settings are those of the `attache` command, in the same variables of the
// environment: ATTACHE_TLS_CA, ATTACHE_CLIENT_CERTIFICATE, ATTACHE_CLIENT_KEY,
// ATTACHE_TLS_SERVER_NAME, ATTACHE_TOKEN_FILE and ATTACHE_TOKEN.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

const PROTOS = fileURLToPath(new URL('../../../protos', import.meta.url));

// Fields keep their names of the .proto files, numbers of 64 bits are strings,
// enums are names, and what is not set has its default.
export const definitions = protoLoader.loadSync(
  [
    'attache/v1/ingest_service.proto',
    'attache/v1/trip_query_service.proto',
    'google/rpc/error_details.proto',
    'google/rpc/status.proto',
  ],
  { includeDirs: [PROTOS], keepCase: true, longs: String, enums: String, defaults: true, oneofs: true },
);
const { attache } = grpc.loadPackageDefinition(definitions);

// Every call of one request and one answer ends within the timeout, and is
// tried again where the service is away for a moment. Streams have no deadline:
// what reads them goes on by itself where they break.
const QUERY = 'attache.v1.TripQueryService';
const INGEST = 'attache.v1.IngestService';
const serviceConfig = (timeout) => ({
  methodConfig: [
    {
      name: [{ service: QUERY }, { service: INGEST }],
      timeout: `${timeout}s`,
      retryPolicy: {
        maxAttempts: 5,
        initialBackoff: '0.2s',
        maxBackoff: '5s',
        backoffMultiplier: 2,
        retryableStatusCodes: ['UNAVAILABLE'],
      },
    },
    {
      name: [
        { service: QUERY, method: 'ExportTripRecords' },
        { service: QUERY, method: 'WatchTripRecords' },
        { service: INGEST, method: 'StreamBriefings' },
        { service: INGEST, method: 'ReparseBriefings' },
      ],
    },
  ],
});

const read = (variable) => (process.env[variable] ? readFileSync(process.env[variable]) : null);

function credentials() {
  const token = read('ATTACHE_TOKEN_FILE')?.toString().trim() ?? process.env.ATTACHE_TOKEN;
  const ca = read('ATTACHE_TLS_CA');
  if (!ca) {
    if (token) throw new Error('a token is sent over TLS alone: set ATTACHE_TLS_CA');
    return grpc.credentials.createInsecure();
  }
  const tls = grpc.credentials.createSsl(
    ca,
    read('ATTACHE_CLIENT_KEY'),
    read('ATTACHE_CLIENT_CERTIFICATE'),
  );
  if (!token) return tls;
  const bearer = grpc.credentials.createFromMetadataGenerator((_, give) => {
    const metadata = new grpc.Metadata();
    metadata.set('authorization', `Bearer ${token}`);
    give(null, metadata);
  });
  return grpc.credentials.combineChannelCredentials(tls, bearer);
}

function connect(Service, address, timeout) {
  const options = {
    'grpc.service_config': JSON.stringify(serviceConfig(timeout)),
    // Notice within a minute that the other side is gone without a word.
    'grpc.keepalive_time_ms': 30_000,
    'grpc.keepalive_timeout_ms': 20_000,
    // Find a service that was restarted soon.
    'grpc.initial_reconnect_backoff_ms': 200,
    'grpc.max_reconnect_backoff_ms': 2_000,
    // A single record may be larger than gRPC's default of 4 MiB.
    'grpc.max_receive_message_length': 64 << 20,
  };
  const name = process.env.ATTACHE_TLS_SERVER_NAME;
  if (name) options['grpc.ssl_target_name_override'] = name;
  return new Service(address, credentials(), options);
}

// Clients of the service at `address`, "host:port".
export const queryService = (address, timeout = 30) =>
  connect(attache.v1.TripQueryService, address, timeout);
export const ingestService = (address, timeout = 30) =>
  connect(attache.v1.IngestService, address, timeout);
