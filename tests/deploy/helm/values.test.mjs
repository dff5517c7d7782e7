// A mistake in the values is told before anything is installed.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'node:test';
import {chart, render, requireTool, set} from './chart.mjs';

const schema = JSON.parse(readFileSync(path.join(chart, 'values.schema.json'), 'utf8'));

test('a file of values with a mistake is refused by its name', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'attache-values-'));
  const file = path.join(folder, 'values.yaml');
  writeFileSync(file, 'query:\n  storage:\n    sise: 20Gi\n');
  try {
    assert.throws(() => render('-f', file), /query\.storage: Additional property sise is not allowed/);
  } finally {
    rmSync(folder, {recursive: true});
  }
});

const mistakes = [
  [{'ingester.replicas': 2}, /Additional property ingester/],
  [{'query.replicas': 2}, /query: Additional property replicas/],
  [{'query.flags.max_index_byte': 1}, /query\.flags: Additional property max_index_byte/],
  // The chart sets it.
  [{'query.flags.data_dir': '/tmp'}, /query\.flags: Additional property data_dir/],
  [{'query.flags.page_token_ttl': 5}, /query\.flags\.page_token_ttl: Invalid type/],
  [{'query.flags.log_level': 'verbose'}, /query\.flags\.log_level/],
  [{'ingestor.replicas': 0}, /ingestor\.replicas: Must be greater/],
  [{'query.storage.size': '10Gb'}, /query\.storage\.size/],
  [{'query.storage.accessModes[0]': 'ReadWriteMany'}, /query\.storage\.accessModes/],
  [{'query.resources.limit.memory': '1Gi'}, /query\.resources: Additional property limit/],
  [{'query.image.digest': 'latest'}, /query\.image\.digest/],
  [{'image.pullPolicy': 'Sometimes'}, /image\.pullPolicy/],
  [{'securityContext.runAsUser': 0}, /securityContext\.runAsUser: Must be greater/],
  [{'query.tls.secret': 'x'}, /query\.tls: Additional property secret/],
  [{'ingestor.queryService.address': 'query.example.com'}, /ingestor\.queryService\.address/],
  [{'serviceMonitor.enable': true}, /serviceMonitor: Additional property enable/],
  // What fits only together.
  [{'query.access.secretName': 'a'}, /set ingestor\.queryService\.tokenSecretName/],
  [{'ingestor.queryService.tokenSecretName': 'a'}, /no TLS: set query\.tls\.secretName/],
  [{'query.tls.secretName': 'a', 'query.tls.clientCaSecretName': 'b'}, /set ingestor\.queryService\.certificateSecretName/],
  [{'ingestor.tls.clientCaSecretName': 'b'}, /set ingestor\.tls\.secretName/],
];
for (const [values, message] of mistakes) {
  test(`${JSON.stringify(values)} is refused`, () => assert.throws(() => render(...set(values)), message));
}

test('the schema describes every default, and nothing else', () => {
  const values = requireTool('yaml').parse(readFileSync(path.join(chart, 'values.yaml'), 'utf8'));
  const follow = part => (part.$ref ? schema.definitions[part.$ref.split('/').at(-1)] : part);
  const compare = (part, value, at) => {
    const {properties} = follow(part);
    if (properties === undefined || at === '.query.flags' || at === '.ingestor.flags') return;
    const known = Object.keys(properties).filter(name => `${at}.${name}` !== '.global').sort();
    assert.deepEqual(Object.keys(value).sort(), known, at);
    for (const name of known) compare(properties[name], value[name], `${at}.${name}`);
  };
  compare(schema, values, '');
});

// Those that the chart gives by itself, or leaves to the image.
const given = ['access_file', 'data_dir', 'drain_timeout', 'insecure_listen', 'listen', 'metrics_listen',
  'query_address', 'query_tls_ca', 'query_tls_certificate', 'query_tls_key', 'query_tls_server_name',
  'query_token_file', 'tls_certificate', 'tls_client_ca', 'tls_key', 'tls_require_client_certificate', 'vocabulary_dir'];
for (const [component, program] of [['query', 'attache-query'], ['ingestor', 'attache-ingestor']]) {
  test(`every other flag of ${program} can be set`, () => {
    const help = execFileSync(path.join(process.env.ATTACHE_BIN, program), ['--help'], {encoding: 'utf8'});
    const flags = [...help.matchAll(/^ {2}--(\w+)/gm)].map(match => match[1]);
    const settable = Object.keys(schema.properties[component].properties.flags.properties);
    assert.deepEqual(settable.sort(), flags.filter(flag => !given.includes(flag)).sort());
  });
}
