import type { Service } from '../runtime/service.ts';
import { exists, references, resolve, type Scope } from './intrinsics.ts';
import type { Properties } from './properties.ts';
import { deployTimeTypes, silentTypes } from './resource-types.ts';
import type { Resource } from './template.ts';

const among = (prefixes: string[], type: string) => prefixes.some(prefix => type.startsWith(prefix));

const needs = ({ Properties, DependsOn = [] }: Resource) => references(Properties, new Set([DependsOn].flat()));

/** resources in an order in which each comes after those it refers to; a cycle is cut where it is met */
const ordered = (resources: Record<string, Resource>) => {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (id: string) => {
    const resource = resources[id];
    if (!resource || seen.has(id)) return;
    seen.add(id);
    // permissions refer to everything and nothing here waits for them
    if (!among(silentTypes, resource.Type)) for (const other of needs(resource)) visit(other);
    order.push(id);
  };
  for (const id of Object.keys(resources)) visit(id);
  return order;
};

/** Makes every resource of the template exist; names the types that nothing here can provide. */
export const provision = async (scope: Scope, services: Service[]) => {
  const { resources } = scope.template;
  const unknown = new Map<string, string[]>();
  for (const id of ordered(resources)) {
    const { Type, Properties, Condition } = resources[id]!;
    if (!exists(Condition, scope) || among(silentTypes, Type)) continue;
    const service = services.find(({ types }) => types.includes(Type));
    if (!service) {
      unknown.set(Type, [...(unknown.get(Type) ?? []), id]);
      continue;
    }
    scope.provided.set(id, await service.provide(id, Type, resolve(Properties ?? {}, scope) as Properties));
  }
  for (const [type, ids] of unknown) {
    const why = among(deployTimeTypes, type) ? 'runs only on deployment' : 'is not supported on this machine';
    scope.warn(`${type} ${why}: ${ids.join(', ')}`);
  }
};

export const outputsOf = (scope: Scope): Record<string, string> => {
  const outputs = Object.entries(scope.template.outputs).filter(([, { Condition }]) => exists(Condition, scope));
  return Object.fromEntries(outputs.map(([name, { Value }]) => [name, String(resolve(Value, scope))]));
};
