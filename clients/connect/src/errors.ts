// What an error of Attaché says beyond its code and message.
import type { ConnectError } from '@connectrpc/connect';
import {
  BadRequestSchema,
  ErrorInfoSchema,
  RetryInfoSchema,
} from './generated/google/rpc/error_details_pb.js';

// All empty where the error does not come from a service of Attaché.
export interface Details {
  // One of errors.proto, without its prefix: 'FILTER_INVALID'.
  reason: string;
  // What the reason speaks of: { position: '7', expected: '...' }.
  metadata: { [key: string]: string };
  // Fields of the request that break their rules.
  fields: { field: string; description: string }[];
  // Seconds to wait before another try; 0 where nothing is said.
  retryDelay: number;
}

export function detailsOf(error: ConnectError): Details {
  const info = error.findDetails(ErrorInfoSchema).find(({ domain }) => domain === 'attache');
  const delay = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return {
    reason: info?.reason ?? '',
    metadata: info?.metadata ?? {},
    fields: error.findDetails(BadRequestSchema).flatMap((request) => request.fieldViolations),
    retryDelay: delay ? Number(delay.seconds) + delay.nanos / 1e9 : 0,
  };
}
