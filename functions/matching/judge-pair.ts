import { duplicateClosed, duplicateConfirmed, duplicateFound } from '../../events/duplicate.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { type Change, created, emit, insert, update, updated } from '../shared/store/changes.ts';
import { decided } from '../shared/store/decision.ts';
import { duplicateId, duplicates, inOrder, type StoredDuplicate } from './duplicate.ts';
import { identityDigest } from './identity-digest.ts';
import { reasonsOf } from './reasons.ts';
import type { Scored } from './score.ts';
import type { MatchingRules } from './settings.ts';

export type Pair = [StoredCustomer, StoredCustomer];

/** Two records that look like one customer, what forbids to merge them unasked, and what was decided about them before. */
export type Alike = {
  pair: Pair;
  scored: Scored;
  against: string[];
  before: StoredDuplicate | undefined;
};

/** a difference that changes nobody's mind is not written */
const leastDifference = 0.01;

const findingOf = ({ probability, evidence }: Scored) => ({
  probability: Math.round(probability * 1e6) / 1e6,
  reasons: reasonsOf(evidence),
});

/** why two records are not merged unasked; undefined: so little speaks for it that the question does not arise */
const against = ({ autoMerge }: MatchingRules, { scored, against: all }: Pick<Alike, 'scored' | 'against'>) =>
  autoMerge !== null && scored.probability >= autoMerge ? all : undefined;

export const isCertain = (rules: MatchingRules, alike: Pick<Alike, 'scored' | 'against'>) =>
  against(rules, alike)?.length === 0;

/** a reason why somebody has to look at what would be merged unasked otherwise */
export const notUnasked = (why: string) => `not unasked: ${why}`;

/** what is said of two records that are to be merged unasked, to whoever merges them */
export const certain = ({ id, customers }: StoredDuplicate) =>
  emit(duplicateConfirmed, { about: id, data: { customers } });

/** why two records wait for somebody, in the decision log of both */
export const proposed = (now: string, { id, customers }: StoredDuplicate, reasons: string[]): Change[] =>
  customers.map(customerId => decided(now, { customerId, kind: 'duplicate', outcome: 'proposed', reasons, cause: id }));

/** the duplicate of two records as it is to be kept */
export const foundNow = (
  now: string,
  { pair, scored, before }: Pick<Alike, 'pair' | 'scored' | 'before'>,
): StoredDuplicate => {
  const finding = { ...findingOf(scored), state: 'open' as const };
  if (!before) {
    const customers = inOrder(pair[0].id, pair[1].id);
    return created(now, { id: duplicateId(...customers), customers, ...finding });
  }
  const { rejectedAs, decidedBy, ...rest } = before;
  return updated(now, rest as StoredDuplicate, finding);
};

const keeping = (before: StoredDuplicate | undefined, duplicate: StoredDuplicate): Change =>
  before ? update(duplicates, before, duplicate) : insert(duplicates, duplicate);

/** What becomes of two records that look like one customer. What was rejected stays so until one says it is somebody else. */
export const judgePair = (now: string, rules: MatchingRules, alike: Alike): Change[] => {
  const { pair, scored, before } = alike;
  if (before?.state === 'rejected' && before.rejectedAs === identityDigest(...pair)) return [];
  const sure = isCertain(rules, alike);
  if (before?.state === 'open' && Math.abs(before.probability - scored.probability) < leastDifference) {
    return sure ? [certain(before)] : [];
  }
  const duplicate = foundNow(now, alike);
  const { id, customers, probability, reasons } = duplicate;
  return [
    keeping(before, duplicate),
    emit(duplicateFound, { customerId: pair[0].id, about: id, data: { customers, probability } }),
    ...(sure
      ? [certain(duplicate)]
      : proposed(now, duplicate, [...(against(rules, alike) ?? []).map(notUnasked), ...reasons])),
  ];
};

/** What becomes of an open duplicate whose records no longer look alike, or of which one is no more. */
export const closePair = (now: string, before: StoredDuplicate): Change[] => {
  const { rejectedAs, ...rest } = before;
  const { id, customers } = before;
  return [
    update(duplicates, before, updated(now, rest as StoredDuplicate, { state: 'closed' })),
    emit(duplicateClosed, { customerId: customers[0], about: id, data: { customers } }),
  ];
};
