import { type Subject, singleNumbers } from '../customers/lookups/subject.ts';
import { dateOfBirth, givenName, organisationName } from './comparisons.ts';
import type { Scored } from './score.ts';

/** what no slip of the pen explains, nor a marriage, nor a move */
const another = new Set([givenName, dateOfBirth, organisationName].map(({ levels }) => levels.at(-1)?.words));

/** What forbids to take two records for one customer unasked, however much else speaks for it. */
export const contradictions = (a: Subject, b: Subject, { evidence }: Scored): string[] => [
  ...evidence.flatMap(({ words }) => (another.has(words) ? [words] : [])),
  ...singleNumbers
    .filter(kind => a.identifiers[kind] && b.identifiers[kind] && a.identifiers[kind] !== b.identifiers[kind])
    .map(kind => `different ${kind} numbers`),
];
