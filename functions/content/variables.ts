import * as z from 'zod';
import { CustomerFacts } from '../customer-facts/known-names.ts';
import { unknownPart } from '../shared/schema-path.ts';
import { didYouMean } from '../shared/text/did-you-mean.ts';
import { variablesIn } from '../shared/text/liquid.ts';

/** what every list and text has in Liquid */
const ofLists = ['size', 'first', 'last'];

/** What templates can show. `confirmUrl`, `topicName`: those that ask to confirm a consent. */
const Scope = z.object({
  customer: CustomerFacts,
  event: z.unknown(),
  run: z.unknown(),
  tenant: z.object({ name: z.string(), timeZone: z.string() }),
  unsubscribeUrl: z.string(),
  preferencesUrl: z.string(),
  confirmUrl: z.string(),
  topicName: z.string(),
});

export const unknownVariables = (template: string) =>
  variablesIn(template).flatMap(({ path, line, column }) => {
    const unknown = unknownPart([Scope], path);
    if (!unknown || ofLists.includes(unknown.at.at(-1) ?? '')) return [];
    const { at, names } = unknown;
    const hint = didYouMean(at.at(-1) ?? '', names, name => [...at.slice(0, -1), name].join('.'));
    return [{ message: `there is no variable ${at.join('.')}${hint}, line:${line}, col:${column}`, line, column }];
  });
