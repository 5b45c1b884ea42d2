import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { isConflict, retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { subscriptions } from './contract.ts';
import { type Counting, count } from './count.ts';
import { gather } from './gather.ts';
import { computedFrom } from './listeners.ts';
import { broughtBy } from './meant.ts';

/** events that count for the same definitions, as one */
const merged = ([first = [], ...others]: Counting[][]): Counting[] =>
  first.map(({ definition, brought }, nth) => ({
    definition,
    brought: [...brought, ...others.flatMap(one => one[nth]?.brought ?? [])],
  }));

const countTogether = async (customerId: string, countings: Counting[][], ctx: Ctx) => {
  const customer = await resolveMerged(ctx.store, customerId);
  if (customer) await count(customer, merged(countings), ctx);
};

/** An event that nothing is computed from costs the look for who computes from it. */
export const computeAttributes: Reaction<typeof subscriptions.computeAttributes> = async (event, ctx) => {
  const { customerId, source } = event;
  if (!customerId || source === 'rapport.timers') return;
  const definitions = await computedFrom(ctx.store, event);
  const countings = definitions.flatMap(definition => {
    const brought = broughtBy(definition, event);
    return brought ? [{ definition, brought: [brought] }] : [];
  });
  if (!countings.length) return;
  const whose = `${ctx.tenant} ${customerId}`;
  const like = countings.map(({ definition: { attribute, job } }) => `${attribute} ${job}`).join(' ');
  await gather({ whose, like, item: countings, size: countings.length }, all =>
    retryOnConflict(() => countTogether(customerId, all, ctx), isConflict),
  );
};

export const handler = consume('computeAttributes', subscriptions.computeAttributes, computeAttributes, {
  once: false,
});
