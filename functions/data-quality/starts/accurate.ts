import { confidenceOf } from '../../customers/attributes/confidence.ts';
import { originOf } from '../../customers/attributes/origins.ts';
import { attributesOf } from './attributes-of.ts';
import { type Check, named, share } from './check.ts';

/** below it a value is told of as doubtful */
const doubtful = 0.5;

/** so many contradictions make a record worth nothing in this respect */
const mostConflicts = 4;

const reached = ['email', 'phone', 'address'];

/** Its values are so: believed, verified, and contradicted by nobody. */
export const accurate: Check[] = [
  {
    id: 'confidence',
    weight: 3,
    of: facts => {
      const { customer, settings, now } = facts;
      const all = attributesOf(facts).map(attribute => ({
        attribute,
        confidence: confidenceOf(attribute, originOf(customer, attribute), settings, now),
      }));
      if (!all.length) return undefined;
      const mean = all.reduce((sum, { confidence }) => sum + confidence, 0) / all.length;
      const low = all.filter(({ confidence }) => confidence < doubtful).map(({ attribute }) => attribute);
      const words = `its values are believed by ${mean.toFixed(2)} on average`;
      return { score: mean, says: low.length ? `${words}; doubtful: ${named(low)}` : words };
    },
  },
  {
    id: 'reach-verified',
    weight: 1,
    of: facts =>
      share(
        attributesOf(facts).filter(attribute => reached.includes(attribute.split('.')[0] ?? '')),
        attribute => originOf(facts.customer, attribute).verified !== undefined,
        { right: 'how it is reached was verified', wrong: 'never verified' },
      ),
  },
  {
    id: 'uncontested',
    weight: 2,
    of: ({ customer: { provenance } }) => {
      const contested = [...new Set((provenance?.conflicts ?? []).map(({ attribute }) => attribute))];
      if (!contested.length) return { score: 1, says: 'nobody says otherwise' };
      return {
        score: Math.max(0, 1 - contested.length / mostConflicts),
        says: `said otherwise by others: ${named(contested)}`,
      };
    },
  },
  {
    id: 'deliverable',
    weight: 2,
    of: ({ customer: { email, phone, address }, undeliverable }) => {
      const ways = Object.entries({ email, phone, address }).flatMap(([way, value]) => (value ? [way] : []));
      return share(ways, way => !undeliverable.includes(way), {
        right: 'nothing came back from where it is reached',
        wrong: 'a message came back for good',
      });
    },
  },
];
