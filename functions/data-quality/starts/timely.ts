import { isStale } from '../../customers/attributes/confidence.ts';
import { definitionOf } from '../../customers/attributes/definitions.ts';
import { originOf } from '../../customers/attributes/origins.ts';
import { toMs } from '../../shared/time/duration.ts';
import { attributesOf } from './attributes-of.ts';
import { type Check, share } from './check.ts';

const dayMs = 86_400_000;

/** after so many days without a word, half of what is known of somebody may be another */
const halfLifeDays = 365;

/** It is as of now: within the freshness asked of its attributes, and heard of lately. */
export const timely: Check[] = [
  {
    id: 'fresh',
    weight: 2,
    of: facts => {
      const { customer, settings, now } = facts;
      const aging = attributesOf(facts).filter(attribute => definitionOf(settings, attribute)?.freshness !== undefined);
      return share(aging, attribute => !isStale(attribute, originOf(customer, attribute), settings, now), {
        right: 'its values are as fresh as is asked',
        wrong: 'older than is asked',
      });
    },
  },
  {
    id: 'heard-of',
    weight: 1,
    of: facts => {
      const { customer, now } = facts;
      const seen = attributesOf(facts).map(attribute => {
        const { observedAt, verified } = originOf(customer, attribute);
        return toMs(verified && verified.at > observedAt ? verified.at : observedAt);
      });
      const days = Math.max(0, Math.floor((toMs(now) - Math.max(toMs(customer.createdAt), ...seen)) / dayMs));
      return { score: 2 ** (-days / halfLifeDays), says: `last heard of ${days} days ago` };
    },
  },
];
