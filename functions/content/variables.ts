import * as z from 'zod';
import { CustomerFacts } from '../customer-facts/customer-facts.ts';
import type { namesKnownTo, Unknown } from '../customer-facts/known-names.ts';
import { pathType, unknownPart } from '../shared/schema-path.ts';
import { didYouMean } from '../shared/text/did-you-mean.ts';
import { outputsIn, syntaxFaults, variablesIn } from '../shared/text/liquid.ts';

/** what every list and text has in Liquid */
const ofLists = ['size', 'first', 'last'];

const Any = z.record(z.string(), z.unknown());

/** What templates can show. `confirmUrl`, `topicName`: those that ask to confirm a consent. */
const Scope = z.object({
  customer: CustomerFacts,
  event: z.object({
    ...{ id: z.string(), type: z.string(), occurredAt: z.string(), about: z.string(), data: Any },
    ...{ name: z.string(), properties: Any },
  }),
  run: z.unknown(),
  tenant: z.object({ name: z.string(), timeZone: z.string() }),
  unsubscribeUrl: z.string(),
  preferencesUrl: z.string(),
  confirmUrl: z.string(),
  topicName: z.string(),
});

/** what the contents of offers can show */
export const OfferScope = Scope.pick({ customer: true, tenant: true }).extend({ event: z.object({ properties: Any }) });

export const unknownVariables = (template: string, scope: z.ZodType = Scope) =>
  variablesIn(template).flatMap(({ path, line, column }) => {
    const unknown = unknownPart([scope], path);
    if (!unknown || ofLists.includes(unknown.at.at(-1) ?? '')) return [];
    const { at, names } = unknown;
    const hint = didYouMean(at.at(-1) ?? '', names, name => [...at.slice(0, -1), name].join('.'));
    return [{ message: `there is no variable ${at.join('.')}${hint}, line:${line}, col:${column}`, line, column }];
  });

/** what is wrong with a text: its syntax, else variables that there are not */
export const liquidFaults = (text: string, scope?: z.ZodType) => {
  const syntax = syntaxFaults(text);
  return syntax.length ? syntax : unknownVariables(text, scope);
};

/** What a text shows that will come out empty: attributes that are not declared, and objects, which have no text. */
export const emptyIn = (text: string, path: string, names: Awaited<ReturnType<typeof namesKnownTo>>): Unknown[] => {
  const variables = variablesIn(text).map(one => one.path);
  const custom = variables.flatMap(([root, group, name]) =>
    root === 'customer' && group === 'attributes' && name && !ofLists.includes(name) ? [`attributes.${name}`] : [],
  );
  const known = new Set(variables.map(steps => steps.join('.')));
  const objects = outputsIn(text).filter(
    output => known.has(output) && pathType(Scope, output.split('.')) === 'composite',
  );
  return [
    ...[...new Set(custom)].flatMap(attribute => names.attribute(attribute, path)),
    ...[...new Set(objects)].map(name => ({
      path,
      message: `${name} is an object, which has no text: name a part of it, such as ${name === 'tenant' ? 'tenant.name' : `${name}.…`}`,
      later: true as const,
    })),
  ];
};
