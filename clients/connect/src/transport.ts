// Transports to the services: TLS, token, deadline and retries.
//
// The settings are those of the `attache` command, in the same variables of the
// environment: ATTACHE_TLS_CA, ATTACHE_CLIENT_CERTIFICATE, ATTACHE_CLIENT_KEY,
// ATTACHE_TLS_SERVER_NAME, ATTACHE_TOKEN_FILE and ATTACHE_TOKEN.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Code, ConnectError, type Interceptor, type Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';

function read(variable: string): Buffer | undefined {
  const path = process.env[variable];
  return path ? readFileSync(path) : undefined;
}

function bearer(token: string): Interceptor {
  return (next) => (request) => {
    request.header.set('authorization', `Bearer ${token}`);
    return next(request);
  };
}

// Connect knows no service config: this does what `retryPolicy` does elsewhere,
// for calls of one request and one answer.
const retry: Interceptor = (next) => async (request) => {
  for (let tries = 1; ; ++tries) {
    try {
      return await next(request);
    } catch (error) {
      const again = !request.stream && tries < 5 && ConnectError.from(error).code === Code.Unavailable;
      if (!again) throw error;
      const delay = Math.min(200 * 2 ** (tries - 1), 5_000) * Math.random();
      await sleep(delay, undefined, { signal: request.signal });
    }
  }
};

// A transport to the service at `address`, "host:port". Calls end within
// `timeout` seconds; streams are called with STREAM, which has no deadline: what
// reads them goes on by itself where they break.
export function connect(address: string, timeout = 30): Transport {
  const token = read('ATTACHE_TOKEN_FILE')?.toString().trim() ?? process.env.ATTACHE_TOKEN;
  const ca = read('ATTACHE_TLS_CA');
  if (token && !ca) throw new Error('a token is sent over TLS alone: set ATTACHE_TLS_CA');
  return createGrpcTransport({
    baseUrl: `${ca ? 'https' : 'http'}://${address}`,
    nodeOptions: ca && {
      ca,
      cert: read('ATTACHE_CLIENT_CERTIFICATE'),
      key: read('ATTACHE_CLIENT_KEY'),
      servername: process.env.ATTACHE_TLS_SERVER_NAME,
    },
    defaultTimeoutMs: timeout * 1_000,
    interceptors: token ? [retry, bearer(token)] : [retry],
    // Notice within a minute that the other side is gone without a word.
    pingIntervalMs: 30_000,
    pingTimeoutMs: 20_000,
    readMaxBytes: 64 << 20,
  });
}

export const STREAM = { timeoutMs: 0 };
