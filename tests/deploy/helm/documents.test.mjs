// What docs/operating.md says of Kubernetes is so.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {chart, helm, namespace, release, render, root, set} from './chart.mjs';

const manual = readFileSync(path.join(root, 'docs/operating.md'), 'utf8');
const commands = [...manual.matchAll(/^helm (?:install|upgrade) (?:.*\\\n)*.*$/gm)].map(
  match => match[0].replaceAll('\\\n', ' ').split(/\s+/).slice(2));

test('the commands of the manual install the chart', () => {
  assert.equal(commands.length, 2);
  for (const [name, folder, ...args] of commands) {
    assert.deepEqual([name, path.join(root, folder)], [release, chart]);
    assert.equal(args[args.indexOf('--namespace') + 1], namespace);
    const kept = args.filter(arg => arg !== '--reuse-values' && arg !== '--create-namespace');
    assert.match(helm('template', name, chart, ...kept), /kind: StatefulSet/);
  }
});

test('the names of the manual are those of Services and pods', () => {
  const manifests = render(...set({'ingestor.replicas': 2}));
  const services = manifests.filter(m => m.kind === 'Service').map(m => m.metadata.name);
  const pods = manifests.filter(m => m.kind === 'StatefulSet').flatMap(
    m => Array.from({length: m.spec.replicas}, (_, i) => ({pod: `${m.metadata.name}-${i}`, service: m.spec.serviceName})));
  const hosts = [...services, ...pods.map(({pod, service}) => `${pod}.${service}`)].map(name => `${name}.${namespace}.svc`);
  const named = [...manual.matchAll(/\btrips-attache-[\w.-]+\.svc\b/g)].map(match => match[0]);
  assert.ok(named.length >= 4);
  assert.deepEqual(named.filter(host => !hosts.includes(host)), []);
  const claims = pods.map(({pod}) => `data-${pod}`);
  assert.deepEqual([...manual.matchAll(/\bdata-trips-[\w-]+/g)].map(match => match[0]).filter(name => !claims.includes(name)), []);
});

test('the values of the manual are in the schema', () => {
  const {properties, definitions} = JSON.parse(readFileSync(path.join(chart, 'values.schema.json'), 'utf8'));
  const section = manual.slice(manual.indexOf('## On Kubernetes'), manual.indexOf('## Tracing'));
  const paths = [...section.matchAll(/(?<![\w./-])((?:query|ingestor|networkPolicy|serviceMonitor|prometheusRule|grafanaDashboard|image)(?:\.\w+)+)(?=[=`])/g)].map(match => match[1]);
  assert.ok(paths.length >= 10);
  for (const dotted of paths) {
    let part = {properties};
    for (const name of dotted.split('.')) {
      part = part.properties?.[name] ?? part.additionalProperties;
      assert.ok(part, dotted);
      if (part.$ref) part = definitions[part.$ref.split('/').at(-1)];
    }
  }
});
