import { confidenceOf, isStale, lastSeen } from '../../customers/attributes/confidence.ts';
import { definitionOf } from '../../customers/attributes/definitions.ts';
import { originOf } from '../../customers/attributes/origins.ts';
import { attributesOf } from '../../customers/attributes/value-facts.ts';
import { toMs } from '../../shared/time/duration.ts';
import { dayMs } from '../../shared/time/zone.ts';
import { type Check, each, named } from './facts.ts';

/** values of less confidence are named */
const low = 0.5;

/** with so many contradictions the score is 0 */
const mostConflicts = 4;

const addresses = ['email', 'phone', 'address'];

/** Its values are right: trusted, verified, and not contradicted. */
export const accurate: Check[] = [
  {
    id: 'confidence',
    weight: 3,
    of: facts => {
      const { customer, settings, now } = facts;
      const all = attributesOf(facts.customer).map(attribute => ({
        attribute,
        confidence: confidenceOf(attribute, originOf(customer, attribute), settings, now),
      }));
      if (!all.length) return undefined;
      const mean = all.reduce((sum, { confidence }) => sum + confidence, 0) / all.length;
      const doubtful = all.filter(({ confidence }) => confidence < low).map(({ attribute }) => attribute);
      const words = `the average confidence in its values is ${mean.toFixed(2)}`;
      return { score: mean, detail: doubtful.length ? `${words}; low: ${named(doubtful)}` : words };
    },
  },
  each('reach-verified', 1, ['its addresses and numbers are verified', 'never verified'], facts => [
    attributesOf(facts.customer).filter(attribute => addresses.includes(attribute.split('.')[0] ?? '')),
    attribute => originOf(facts.customer, attribute).verified !== undefined,
  ]),
  {
    id: 'uncontested',
    weight: 2,
    of: ({ customer: { provenance } }) => {
      const contested = [...new Set((provenance?.conflicts ?? []).map(({ attribute }) => attribute))];
      if (!contested.length) return { score: 1, detail: 'no source contradicts its values' };
      const score = Math.max(0, 1 - contested.length / mostConflicts);
      return { score, detail: `contradicted by other sources: ${named(contested)}` };
    },
  },
  each(
    'deliverable',
    2,
    ['messages to its addresses are delivered', 'messages cannot be delivered'],
    ({ customer, undeliverable }) => [
      (['email', 'phone', 'address'] as const).filter(name => customer[name]),
      name => !undeliverable.includes(name),
    ],
  ),
];

/** the days without an observation after which half of the values may have changed */
const halfLifeDays = 365;

/** It is up to date: within the freshness required of its attributes, and observed lately. */
export const timely: Check[] = [
  each('fresh', 2, ['its values are as fresh as required', 'older than required'], facts => {
    const { customer, settings, now } = facts;
    const aging = attributesOf(facts.customer).filter(
      attribute => definitionOf(settings, attribute)?.freshness !== undefined,
    );
    return [aging, attribute => !isStale(attribute, originOf(customer, attribute), settings, now)];
  }),
  {
    id: 'observed',
    weight: 1,
    of: facts => {
      const { customer, now } = facts;
      const observed = attributesOf(customer).map(attribute => toMs(lastSeen(originOf(customer, attribute))));
      const days = Math.max(0, Math.floor((toMs(now) - Math.max(toMs(customer.createdAt), ...observed)) / dayMs));
      return { score: 2 ** (-days / halfLifeDays), detail: `last observed ${days} days ago` };
    },
  },
];
