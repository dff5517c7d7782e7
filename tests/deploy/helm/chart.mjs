// The chart deploy/helm/attache, as Helm sees it.
import {execFileSync} from 'node:child_process';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

// What npm installed is not below this folder.
export const requireTool = createRequire(path.join(process.env.ATTACHE_TOOLS, 'node_modules/'));
const yaml = requireTool('yaml');

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const chart = path.join(root, 'deploy/helm/attache');
export const production = ['-f', path.join(chart, 'values-production.yaml')];
export const release = 'trips';
export const namespace = 'press';

// `helm` with `args`: what it printed, or an Error of what it complained about.
export function helm(...args) {
  try {
    return execFileSync(process.env.HELM, args, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']});
  } catch (error) {
    throw new Error(`helm ${args.join(' ')}:\n${error.stdout}${error.stderr}`);
  }
}

export function set(values) {
  return Object.entries(values).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
}

// The manifests that `helm template` prints. YAML 1.1 is what Kubernetes reads.
export function render(...args) {
  const text = helm('template', release, chart, '--namespace', namespace, ...args);
  return yaml.parseAllDocuments(text, {version: '1.1', merge: false})
    .map(document => {
      if (document.errors.length > 0) throw document.errors[0];
      return document.toJS();
    })
    .filter(manifest => manifest !== null);
}

export function find(manifests, kind, name) {
  const found = manifests.filter(m => m.kind === kind && m.metadata.name === name);
  if (found.length !== 1) throw new Error(`${found.length} of ${kind} ${name}`);
  return found[0];
}

// The container of the one or the other server.
export function server(manifests, component) {
  const set = manifests.find(m => m.kind === 'StatefulSet' && m.metadata.name.endsWith(`-${component}`));
  const spec = set.spec.template.spec;
  return {set, spec, container: spec.containers[0], args: spec.containers[0].args};
}
