import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { isConflict, retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { subscriptions } from './contract.ts';
import { type Counting, count } from './count.ts';
import { eventValueOf } from './event-values.ts';
import { definitionsFor } from './filed-definitions.ts';
import { gather } from './gather.ts';

const joined = ([first = [], ...others]: Counting[][]): Counting[] =>
  first.map(({ definition, events }, nth) => ({
    definition,
    events: [...events, ...others.flatMap(one => one[nth]?.events ?? [])],
  }));

const countTogether = async (customerId: string, all: Counting[][], ctx: Ctx) => {
  const customer = await resolveMerged(ctx.store, customerId);
  if (customer) await count(customer, joined(all), ctx);
};

/** An event that no attribute is computed from costs one lookup. */
export const computeAttributes: Reaction<typeof subscriptions.computeAttributes> = async (event, ctx) => {
  const { customerId, source } = event;
  if (!customerId || source === 'rapport.timers') return;
  const definitions = await definitionsFor(ctx.store, event);
  const countings = definitions.flatMap(definition => {
    const value = eventValueOf(definition, event);
    return value ? [{ definition, events: [value] }] : [];
  });
  if (!countings.length) return;
  const alike = countings.map(({ definition: { attribute, job } }) => `${attribute} ${job}`).join(' ');
  const request = { customer: `${ctx.tenant} ${customerId}`, alike, item: countings, size: countings.length };
  await gather(request, all => retryOnConflict(() => countTogether(customerId, all, ctx), isConflict));
};

export const reaction = consume('computeAttributes', subscriptions.computeAttributes, computeAttributes, {
  once: false,
});
