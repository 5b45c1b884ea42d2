import { duplicateConfirmed } from '../../events/duplicate.ts';
import { customers, isActive } from '../customers/customer.ts';
import { subjectOf } from '../customers/lookups/subject.ts';
import { carryOut, weighMerge } from '../merging/merge-now.ts';
import { staying } from '../merging/staying.ts';
import { consume } from '../shared/events/consume.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { schedule } from '../shared/store/changes.ts';
import { decided } from '../shared/store/decision.ts';
import { plus } from '../shared/time/duration.ts';
import { areKeptApart } from './apart.ts';
import { subscriptions } from './contract.ts';
import { contradictions } from './contradictions.ts';
import { duplicates, type StoredDuplicate } from './duplicate.ts';
import { isCertain, notUnasked, type Pair, proposed } from './judge-pair.ts';
import { disagreeing } from './rivals.ts';
import { score } from './score.ts';
import { matchingRules } from './settings.ts';

/** what is on its way between two records has mostly arrived by then */
const putOff = 'PT1M';

/** the two of a duplicate, where they are still as good as certain to be one and may be merged */
const pairOf = async (store: Ctx['store'], { customers: [a, b] }: StoredDuplicate): Promise<Pair | undefined> => {
  const [one, other] = await Promise.all([store.get(customers, { id: a }), store.get(customers, { id: b })]);
  return one && other && isActive(one) && isActive(other) ? [one, other] : undefined;
};

const merge = async (duplicate: StoredDuplicate, pair: Pair, ctx: Ctx) => {
  const into = staying(...pair).id;
  const [from] = duplicate.customers.filter(id => id !== into);
  const { id: cause, reasons } = duplicate;
  const weighed = await weighMerge(ctx, { into, from: from!, why: reasons });
  const decision = decided(ctx.now, { customerId: into, kind: 'duplicate', outcome: 'merged', reasons, cause });
  await carryOut(ctx, { ...weighed, changes: [...weighed.changes, decision] });
};

/** too much for one customer, or for one transaction: nothing that waiting would change */
const cannotBe = ['merge.too-many', 'change.too-large'];

/** a merger that cannot be is left to somebody, one that cannot be yet is put off */
const leave = async (duplicate: StoredDuplicate, error: unknown, { now, store }: Ctx) => {
  if (!(error instanceof ApiError)) throw error;
  const { id, customers } = duplicate;
  if (error.code === 'merge.under-way') {
    await store.commit([schedule(plus(now, putOff), duplicateConfirmed, { about: id, data: { customers } })]);
    return;
  }
  if (!cannotBe.includes(error.code)) throw error;
  await store.commit(proposed(now, duplicate, [notUnasked(error.message)]));
};

export const mergeDuplicates: Reaction<typeof subscriptions.mergeDuplicates> = async ({ about }, ctx) => {
  const { now, store } = ctx;
  const [rules, duplicate] = await Promise.all([matchingRules(store), store.get(duplicates, { id: about })]);
  if (duplicate?.state !== 'open') return;
  const pair = await pairOf(store, duplicate);
  if (!pair) return;
  const [a, b] = [subjectOf(pair[0]), subjectOf(pair[1])];
  const scored = score(a, b);
  if (!isCertain(rules, { scored, against: contradictions(a, b, scored) })) return;
  if (await areKeptApart(store, pair)) return;
  const rivals = await disagreeing(store, pair, rules);
  if (rivals.length) {
    await store.commit(proposed(now, duplicate, rivals));
    return;
  }
  await merge(duplicate, pair, ctx).catch(error => leave(duplicate, error, ctx));
};

export const handler = consume('mergeDuplicates', subscriptions.mergeDuplicates, mergeDuplicates);
