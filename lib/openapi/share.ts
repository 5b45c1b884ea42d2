import { createHash } from 'node:crypto';
import type { Json } from './schemas.ts';

type Described = { parameters?: Json[]; responses: Record<string, Json> };

/** Moves the parameters and responses that several operations have into components, and returns those. */
export const shareParts = (operations: Described[]) => {
  const places = operations.flatMap(({ parameters = [], responses }) => [
    ...parameters.map((value, at) => ({ kind: 'parameters', prefix: value.name, group: parameters, at, value })),
    ...Object.entries(responses).map(([at, value]) => ({ kind: 'responses', prefix: at, group: responses, at, value })),
  ]);
  const components: Record<string, Record<string, Json>> = { parameters: {}, responses: {} };
  for (const [text, uses] of Map.groupBy(places, ({ kind, value }) => kind + JSON.stringify(value))) {
    const [{ kind, prefix, value } = places[0]!] = uses;
    if (uses.length < 2 || value.$ref) continue;
    const name = `${prefix}-${createHash('sha256').update(text).digest('hex').slice(0, 6)}`;
    components[kind]![name] = value;
    for (const { group, at } of uses)
      (group as Record<string | number, Json>)[at] = { $ref: `#/components/${kind}/${name}` };
  }
  return components;
};
