// The servers run with the flags that the chart gives them, trust each other, and
// answer its probes.
import assert from 'node:assert/strict';
import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {namespace, production, render, server, set} from './chart.mjs';

const bin = name => path.join(process.env.ATTACHE_BIN, name);
const programs = {query: 'attache-query', ingestor: 'attache-ingestor'};
// Nothing here takes as long; what does has hung.
const patience = 60_000;

function openssl(...args) {
  execFileSync('openssl', args, {stdio: ['ignore', 'pipe', 'pipe']});
}

// Stands for the cluster: a folder for each pod's Secrets and volume.
class Cluster {
  constructor() {
    this.folder = mkdtempSync(path.join(tmpdir(), 'attache-chart-'));
    this.secrets = {};
    this.processes = [];
    const ca = this.file('ca');
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
      '-keyout', `${ca}.key`, '-out', `${ca}.pem`, '-subj', '/CN=CA');
  }

  file(name) {
    return path.join(this.folder, name);
  }

  // A Secret as cert-manager makes it.
  addCertificate(secret, host) {
    const at = this.file(secret);
    writeFileSync(`${at}.ext`, `subjectAltName=DNS:${host}`);
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
      '-keyout', `${at}.key`, '-out', `${at}.csr`, '-subj', `/CN=${host}`);
    openssl('x509', '-req', '-in', `${at}.csr`, '-CA', this.file('ca.pem'), '-CAkey', this.file('ca.key'),
      '-CAcreateserial', '-extfile', `${at}.ext`, '-out', `${at}.crt`);
    this.secrets[secret] = {'tls.crt': readFileSync(`${at}.crt`), 'tls.key': readFileSync(`${at}.key`),
      'ca.crt': readFileSync(this.file('ca.pem'))};
  }

  // An access file and, for each name of it, the token: `roles` by name.
  addAccess(secret, roles) {
    const lines = Object.entries(roles).map(([name, role]) => {
      const token = this.file(`${secret}-${name}.token`);
      const line = execFileSync(bin('attache'), ['token', '--name', name, '--roles', role, '--output', token], {encoding: 'utf8'});
      this.secrets[`${secret}-${name}`] = {token: readFileSync(token)};
      return line;
    });
    this.secrets[secret] = {access: lines.join('')};
  }

  // A pod's own view of a path or an argument.
  localized(component, text) {
    return text.replaceAll('/etc/attache/', `${this.file(component)}/etc/`).replaceAll('/data/', `${this.file(component)}/data/`);
  }

  async start(manifests, component, replaced = {}) {
    const {spec, args} = server(manifests, component);
    for (const volume of spec.volumes.filter(v => v.secret)) {
      const mount = this.localized(component, `/etc/attache/${volume.name}`);
      mkdirSync(mount, {recursive: true});
      for (const {key, path: name} of volume.secret.items) {
        writeFileSync(path.join(mount, name), this.secrets[volume.secret.secretName][key], {mode: 0o440});
      }
    }
    mkdirSync(this.localized(component, '/data/'), {recursive: true});
    const local = {listen: '127.0.0.1:0', metrics_listen: '127.0.0.1:0', ...replaced};
    const flags = args.map(arg => this.localized(component, arg))
      .filter(arg => !Object.keys(local).some(name => arg.startsWith(`--${name}=`)))
      .concat(Object.entries(local).map(([name, value]) => `--${name}=${value}`));
    const child = spawn(bin(programs[component]), flags, {stdio: ['ignore', 'ignore', 'pipe']});
    this.processes.push(child);
    const pod = {log: '', child};
    child.stderr.on('data', data => { pod.log += data; });
    await until(() => child.exitCode !== null || said(pod, 'listening'));
    assert.equal(child.exitCode, null, pod.log);
    pod.address = said(pod, 'listening').address;
    pod.metrics = said(pod, 'serving metrics').metrics_address;
    return pod;
  }

  stop() {
    for (const child of this.processes) child.kill('SIGKILL');
    rmSync(this.folder, {recursive: true});
  }
}

function said(pod, message) {
  return pod.log.split('\n').filter(line => line.endsWith('}')).map(line => JSON.parse(line))
    .find(line => line.message === message);
}

async function until(holds) {
  const deadline = Date.now() + patience;
  while (!await holds()) {
    assert.ok(Date.now() < deadline, `not within ${patience} ms: ${holds}`);
    await sleep(50);
  }
}

// What the kubelet runs, or would ask itself.
function probe(cluster, manifests, component, pod, kind) {
  const asked = server(manifests, component).container[kind];
  const command = asked.exec?.command ??
    ['attache', 'health', `127.0.0.1:${asked.grpc.port}`, `--service=${asked.grpc.service}`];
  const local = command.slice(1).map(arg => (
    arg.startsWith('127.0.0.1:') ? pod.address : cluster.localized(component, arg)));
  const done = spawnSync(bin(command[0]), local, {encoding: 'utf8'});
  return done.status === 0 ? '' : `${kind} of ${component}: ${done.stdout}${done.stderr}`;
}

const host = component => `trips-attache-${component}.${namespace}.svc`;

async function connects(shape, prepare) {
  const cluster = new Cluster();
  try {
    prepare(cluster);
    const manifests = render(...shape);
    const query = await cluster.start(manifests, 'query');
    const ingestor = await cluster.start(manifests, 'ingestor', {
      // There is no DNS here; the certificate is for the name all the same.
      query_address: query.address, ...(cluster.secrets['query-tls'] ? {query_tls_server_name: host('query')} : {}),
    });
    await until(async () => {
      const metrics = await (await fetch(`http://${ingestor.metrics}/metrics`)).text();
      return metrics.includes('attache_query_service_connected 1');
    });
    for (const kind of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
      assert.equal(probe(cluster, manifests, 'query', query, kind), '');
      assert.equal(probe(cluster, manifests, 'ingestor', ingestor, kind), '');
    }
  } finally {
    cluster.stop();
  }
}

test('with the default values the ingestor reaches the query service', () => connects([], () => {}));

test('with TLS and tokens it does', () => connects(
  [...production, ...set({'query.tls.secretName': 'query-tls', 'query.access.secretName': 'query-access',
    'ingestor.tls.secretName': 'ingestor-tls', 'ingestor.access.secretName': 'ingestor-access',
    'ingestor.queryService.tokenSecretName': 'query-access-ingestor'})],
  cluster => {
    cluster.addCertificate('query-tls', host('query'));
    cluster.addCertificate('ingestor-tls', host('ingestor'));
    cluster.addAccess('query-access', {ingestor: 'writer'});
    cluster.addAccess('ingestor-access', {newsroom: 'reader,writer'});
  }));

test('with certificates of both it does', () => connects(
  set({'query.tls.secretName': 'query-tls', 'query.tls.clientCaSecretName': 'query-tls',
    'ingestor.queryService.certificateSecretName': 'client'}),
  cluster => {
    cluster.addCertificate('query-tls', host('query'));
    cluster.addCertificate('client', 'ingestor');
  }));
