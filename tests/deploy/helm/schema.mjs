// Holds manifests against Kubernetes' own schema, as kubernetes-models has it.
import {requireTool} from './chart.mjs';

function modelOf({apiVersion, kind}) {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const of = group === 'monitoring.coreos.com'
    ? `@kubernetes-models/prometheus-operator/${group}/${version}`
    : `kubernetes-models/${group === '' ? version : `${group}/${version}`}`;
  const model = requireTool(of)[kind];
  if (model === undefined) throw new Error(`Kubernetes knows no ${kind} of ${apiVersion}`);
  return model;
}

// `value`, with the fields noted that are looked at.
function watched(value, looked) {
  if (typeof value !== 'object' || value === null) return value;
  const children = new Map();
  const proxy = new Proxy(value, {
    get(target, name) {
      if (!Object.hasOwn(target, name)) return target[name];
      looked.get(target).add(name);
      if (!children.has(name)) children.set(name, watched(target[name], looked));
      return children.get(name);
    },
  });
  looked.set(value, new Set());
  return proxy;
}

function* unknownFields(value, looked, at) {
  if (typeof value !== 'object' || value === null || !looked.has(value)) return;
  for (const [name, child] of Object.entries(value)) {
    if (!Array.isArray(value) && !looked.get(value).has(name)) yield `${at}.${name} is not known`;
    yield* unknownFields(child, looked, `${at}.${name}`);
  }
}

// What is wrong with a manifest, a line each. The schema permits fields that it
// does not know, which Kubernetes drops; those that its validator has not even
// looked at are such.
export function faults(manifest) {
  const Model = modelOf(manifest);
  const looked = new Map();
  const found = [];
  try {
    Model.prototype.validate.call(watched(manifest, looked));
  } catch (error) {
    found.push(error.message);
  }
  const name = `${manifest.kind} ${manifest.metadata?.name}`;
  return [...found, ...unknownFields(manifest, looked, '')].map(fault => `${name}: ${fault}`);
}
