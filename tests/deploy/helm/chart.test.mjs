// The chart makes what Kubernetes takes, and what operators count on.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import {chart, find, helm, namespace, production, render, requireTool, root, server, set} from './chart.mjs';
import {faults} from './schema.mjs';

const mutualTls = set({
  'query.tls.secretName': 'query-tls', 'query.tls.clientCaSecretName': 'clients',
  'query.tls.serverName': 'query.internal', 'query.tls.probeSecretName': 'probe',
  'ingestor.queryService.certificateSecretName': 'ingestor-client',
});
const elsewhere = set({
  'ingestor.queryService.address': 'query.example.com:443', 'ingestor.queryService.caSecretName': 'public-ca',
  'networkPolicy.ingestorEgress[0].ports[0].port': 443, 'serviceAccount.create': false,
  'query.podDisruptionBudget.enabled': false, 'query.service.type': 'LoadBalancer',
  'image.pullSecrets[0]': 'registry', 'query.priorityClassName': 'high',
  'query.nodeSelector.disk': 'ssd', 'query.podAnnotations.team': 'press', 'query.podLabels.team': 'press',
  'query.tolerations[0].operator': 'Exists', 'query.affinity.nodeAffinity': 'null',
  'query.image.digest': `sha256:${'0'.repeat(64)}`,
});
const shapes = {default: [], production, mutualTls, elsewhere, closed: ['--set-json', 'query.allowFrom=[]', '--set-json', 'ingestor.allowFrom=[]', '--set-json', 'networkPolicy.metricsFrom=[]']};
const rendered = Object.fromEntries(Object.entries(shapes).map(([name, args]) => [name, render(...args)]));
const components = ['query', 'ingestor'];

// What the value of a flag is among `args`.
function flag(args, name) {
  const found = args.filter(arg => arg.startsWith(`--${name}=`));
  assert.ok(found.length <= 1, `${name} is given twice`);
  return found[0]?.slice(name.length + 3);
}

for (const [name, args] of Object.entries({default: [], production})) {
  test(`helm lint finds nothing in the ${name} values`, () => {
    assert.match(helm('lint', '--strict', chart, ...args), /1 chart\(s\) linted, 0 chart\(s\) failed/);
  });
}

for (const [name, manifests] of Object.entries(rendered)) {
  test(`Kubernetes takes the manifests of the ${name} values`, () => {
    assert.ok(manifests.length >= 8);
    assert.deepEqual(manifests.flatMap(faults), []);
    const names = manifests.map(m => `${m.kind}/${m.metadata.name}`);
    assert.equal(new Set(names).size, names.length, 'two of one name');
    assert.ok(manifests.every(m => m.metadata.namespace === namespace));
  });

  for (const component of components) {
    test(`the ${component} pods of the ${name} values are locked down`, () => {
      const {set, spec, container} = server(manifests, component);
      assert.equal(set.kind, 'StatefulSet');
      assert.equal(spec.securityContext.runAsNonRoot, true);
      assert.equal(spec.securityContext.runAsUser, 10001);
      assert.equal(spec.securityContext.fsGroup, 10001);
      assert.equal(spec.securityContext.seccompProfile.type, 'RuntimeDefault');
      assert.equal(container.securityContext.readOnlyRootFilesystem, true);
      assert.equal(container.securityContext.allowPrivilegeEscalation, false);
      assert.deepEqual(container.securityContext.capabilities, {drop: ['ALL']});
      assert.equal(spec.automountServiceAccountToken, false);
      assert.equal(spec.enableServiceLinks, false);
      assert.ok(container.resources.limits.memory);
    });

    test(`secrets of ${component} with the ${name} values are files`, () => {
      const {spec, container, args} = server(manifests, component);
      assert.equal(container.env, undefined);
      assert.equal(container.envFrom, undefined);
      assert.ok(!manifests.some(m => m.kind === 'Secret'));
      for (const volume of spec.volumes.filter(v => v.secret)) {
        const mount = container.volumeMounts.find(m => m.name === volume.name);
        assert.equal(mount.readOnly, true);
        // One of subPath would not follow when the Secret changes.
        assert.equal(mount.subPath, undefined);
        assert.equal(volume.secret.defaultMode, 0o440);
      }
      // Each file that is named is one that is mounted.
      const files = [...args, ...(container.livenessProbe.exec?.command ?? [])]
        .flatMap(arg => arg.match(/\/etc\/attache\/\S+/) ?? []);
      const mounted = spec.volumes.filter(v => v.secret).flatMap(
        v => v.secret.items.map(item => `/etc/attache/${v.name}/${item.path}`));
      assert.deepEqual(files.filter(file => !mounted.includes(file)), []);
    });

    test(`${component} with the ${name} values drains before it is killed`, () => {
      const {spec, container, args} = server(manifests, component);
      const drain = Number(flag(args, 'drain_timeout').replace(/s$/, ''));
      const preStop = Number(container.lifecycle.preStop.exec.command[1]);
      assert.ok(spec.terminationGracePeriodSeconds >= preStop + drain + 10);
    });

    test(`${component} with the ${name} values keeps its data`, () => {
      const {set, container, args} = server(manifests, component);
      const claim = set.spec.volumeClaimTemplates[0];
      assert.ok(claim.spec.resources.requests.storage);
      assert.equal(container.volumeMounts.find(m => m.mountPath === '/data').name, claim.metadata.name);
      assert.equal(flag(args, 'data_dir'), `/data/${component}`);
    });

    test(`everything of the ${name} values finds the ${component} pods`, () => {
      const {set, spec, container} = server(manifests, component);
      const name = set.metadata.name;
      const labels = set.spec.template.metadata.labels;
      const ports = Object.fromEntries(container.ports.map(p => [p.name, p.containerPort]));
      const selects = selector => Object.entries(selector).every(([key, value]) => labels[key] === value);
      const other = server(manifests, component === 'query' ? 'ingestor' : 'query');
      const selectsOther = selector => Object.entries(selector).every(
        ([key, value]) => other.set.spec.template.metadata.labels[key] === value);

      assert.ok(selects(set.spec.selector.matchLabels));
      assert.equal(set.spec.serviceName, `${name}-headless`);
      for (const service of [find(manifests, 'Service', name), find(manifests, 'Service', `${name}-headless`)]) {
        assert.ok(selects(service.spec.selector) && !selectsOther(service.spec.selector));
        assert.ok(service.spec.ports.every(p => ports[p.targetPort] !== undefined));
      }
      assert.equal(find(manifests, 'Service', `${name}-headless`).spec.clusterIP, 'None');
      const policy = find(manifests, 'NetworkPolicy', name).spec;
      assert.ok(selects(policy.podSelector.matchLabels) && !selectsOther(policy.podSelector.matchLabels));
      const open = policy.ingress.flatMap(rule => rule.ports.map(p => p.port));
      assert.ok(open.every(port => Object.values(ports).includes(port)));
      assert.ok(policy.ingress.every(rule => rule.from.length > 0), 'an empty from lets everybody in');
      for (const budget of manifests.filter(m => m.kind === 'PodDisruptionBudget' && m.metadata.name === name)) {
        assert.ok(selects(budget.spec.selector.matchLabels) && !selectsOther(budget.spec.selector.matchLabels));
      }
      for (const spread of spec.topologySpreadConstraints ?? []) assert.ok(selects(spread.labelSelector.matchLabels));
    });

    test(`${component} takes the flags of the ${name} values`, () => {
      const {args} = server(manifests, component);
      // --help ends it once all that stands before has been read.
      const program = path.join(process.env.ATTACHE_BIN, component === 'query' ? 'attache-query' : 'attache-ingestor');
      assert.match(execFileSync(program, [...args, '--help'], {encoding: 'utf8'}), /Usage/);
    });
  }
}

test('pods are asked by gRPC, and by a command where there is TLS', () => {
  const services = {query: 'attache.v1.TripQueryService', ingestor: 'readiness'};
  for (const component of components) {
    const {container, args} = server(rendered.default, component);
    const port = container.ports.find(p => p.name === 'grpc').containerPort;
    assert.equal(flag(args, 'listen'), `0.0.0.0:${port}`);
    assert.equal(flag(args, 'insecure_listen'), 'true');
    assert.deepEqual(container.startupProbe.grpc, {port, service: 'liveness'});
    assert.deepEqual(container.livenessProbe.grpc, {port, service: 'liveness'});
    assert.deepEqual(container.readinessProbe.grpc, {port, service: services[component]});

    const guarded = server(rendered.production, component);
    assert.equal(flag(guarded.args, 'insecure_listen'), undefined);
    assert.equal(guarded.container.readinessProbe.grpc, undefined);
    assert.deepEqual(guarded.container.readinessProbe.exec.command, [
      'attache', '--tls-ca=/etc/attache/ca/ca.crt', `--tls-server-name=trips-attache-${component}.${namespace}.svc`,
      'health', `127.0.0.1:${port}`, `--service=${services[component]}`, '--timeout=4']);
  }
  const {container} = server(rendered.mutualTls, 'query');
  assert.ok(container.livenessProbe.exec.command.includes('--tls-certificate=/etc/attache/probe/tls.crt'));
  assert.ok(container.livenessProbe.exec.command.includes('--tls-server-name=query.internal'));
});

test('the ingestor finds the query service by its name', () => {
  for (const name of ['default', 'production', 'mutualTls']) {
    const [host, port] = flag(server(rendered[name], 'ingestor').args, 'query_address').split(':');
    const [service, of, svc] = host.split('.');
    assert.deepEqual([of, svc], [namespace, 'svc']);
    assert.equal(find(rendered[name], 'Service', service).spec.ports[0].port, Number(port));
  }
  const guarded = server(rendered.mutualTls, 'ingestor');
  assert.equal(flag(guarded.args, 'query_tls_server_name'), 'query.internal');
  // Of the query service's Secret it has the certificate of the CA, not the key.
  assert.deepEqual(guarded.spec.volumes.find(v => v.name === 'query-ca').secret,
    {secretName: 'query-tls', defaultMode: 0o440, items: [{key: 'ca.crt', path: 'ca.crt'}]});
  assert.equal(flag(server(rendered.elsewhere, 'ingestor').args, 'query_address'), 'query.example.com:443');
  assert.equal(flag(server(rendered.production, 'ingestor').args, 'query_token_file'), '/etc/attache/query-token/token');
});

test('the query service is one pod, ingestors are as many as are asked for, apart', () => {
  const manifests = render(...set({'ingestor.replicas': 3}));
  assert.equal(server(manifests, 'query').set.spec.replicas, 1);
  assert.equal(server(manifests, 'ingestor').set.spec.replicas, 3);
  // Side by side on other nodes, and each with a name of its own.
  assert.equal(server(manifests, 'ingestor').spec.topologySpreadConstraints[0].topologyKey, 'kubernetes.io/hostname');
  assert.equal(find(manifests, 'Service', 'trips-attache-ingestor-headless').spec.clusterIP, 'None');
});

test('large numbers are flags that the programs read', () => {
  assert.equal(flag(server(rendered.production, 'query').args, 'max_index_bytes'), '5000000000');
  const args = server(render(...set({'query.flags.max_index_bytes': 30000000000})), 'query').args;
  assert.equal(flag(args, 'max_index_bytes'), '30000000000');
});

test('nothing of the Prometheus operator is there unless it is asked for', () => {
  assert.ok(!rendered.default.some(m => m.apiVersion.startsWith('monitoring.coreos.com')));
});

test('the operator has the rules, Grafana the dashboard, and both the job', () => {
  const yaml = requireTool('yaml');
  const rules = yaml.parse(readFileSync(path.join(root, 'deploy/prometheus/attache.rules.yml'), 'utf8'));
  const expected = rules.groups.map(group => ({...group, rules: group.rules.map(rule => ({...rule,
    annotations: {...rule.annotations, runbook_url: `https://git.example.com/attache/blob/main/${rule.annotations.runbook_url}`}}))}));
  assert.deepEqual(find(rendered.production, 'PrometheusRule', 'trips-attache').spec.groups, expected);
  const dashboard = find(rendered.production, 'ConfigMap', 'trips-attache-dashboard').data['attache.json'];
  assert.deepEqual(JSON.parse(dashboard),
    JSON.parse(readFileSync(path.join(root, 'deploy/grafana/attache.json'), 'utf8')));
  const monitor = find(rendered.production, 'ServiceMonitor', 'trips-attache').spec;
  const scraped = rendered.production.filter(m => m.kind === 'Service' &&
    Object.entries(monitor.selector.matchLabels).every(([key, value]) => m.metadata.labels[key] === value));
  assert.equal(scraped.length, 2);
  for (const service of scraped) {
    assert.equal(service.metadata.labels[monitor.jobLabel], 'attache');
    assert.ok(service.spec.ports.some(p => p.name === monitor.endpoints[0].port));
  }
});

test('the validator sees a wrong type, a missing field and one that is not known', () => {
  const good = structuredClone(server(rendered.default, 'query').set);
  assert.deepEqual(faults(good), []);
  const broken = change => {
    const manifest = structuredClone(good);
    change(manifest.spec);
    return faults(manifest).join('\n');
  };
  assert.match(broken(spec => { spec.replicas = 'one'; }), /replicas/);
  assert.match(broken(spec => { delete spec.selector; }), /selector/);
  assert.match(broken(spec => { spec.template.spec.containers[0].readinesProbe = {}; }), /readinesProbe is not known/);
});
