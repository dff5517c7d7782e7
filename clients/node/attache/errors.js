// What an error of Attaché says beyond its code and message.
import { definitions } from './channel.js';

const decode = (type, bytes) => definitions[type].deserialize(bytes);

// The details of an error of @grpc/grpc-js; empty where it does not come from a
// service of Attaché:
//   reason      one of errors.proto, without its prefix: 'FILTER_INVALID'
//   metadata    what the reason speaks of: { position: '7', expected: '...' }
//   fields      of the request that break their rules: [{ field, description }]
//   retryDelay  seconds to wait before another try; 0 where nothing is said
export function detailsOf(error) {
  const details = { reason: '', metadata: {}, fields: [], retryDelay: 0 };
  const [bytes] = error.metadata?.get('grpc-status-details-bin') ?? [];
  if (!bytes) return details;
  for (const { type_url: url, value } of decode('google.rpc.Status', bytes).details) {
    const type = url.slice(url.lastIndexOf('/') + 1);
    if (type === 'google.rpc.ErrorInfo') {
      const info = decode(type, value);
      if (info.domain !== 'attache') continue;
      details.reason = info.reason;
      details.metadata = info.metadata;
    } else if (type === 'google.rpc.BadRequest') {
      details.fields = decode(type, value).field_violations;
    } else if (type === 'google.rpc.RetryInfo') {
      const { seconds, nanos } = decode(type, value).retry_delay;
      details.retryDelay = Number(seconds) + nanos / 1e9;
    }
  }
  return details;
}
