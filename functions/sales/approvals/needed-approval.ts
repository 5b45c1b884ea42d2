import { newId } from '../../../events/ids.ts';
import { finances, noFinance } from '../../billing/finance.ts';
import { productsOf } from '../../commerce/products/read-products.ts';
import { factsFor } from '../../customer-facts/reads.ts';
import { evaluate, type Facts } from '../../shared/conditions/condition.ts';
import { add, divide, type Exact, exact, exactOf, multiply, rounded, subtract, sumOf } from '../../shared/exact.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Change } from '../../shared/store/changes.ts';
import { everyRecord } from '../../shared/store/record-page.ts';
import type { StoredQuote } from '../quotes/quote.ts';
import type { Approval } from './approval.ts';
import { newApproval } from './approval-changes.ts';
import { floorPolicy, type Policy, policies, type QuoteFacts } from './approval-policy.ts';

/** a share in percent, to a hundredth */
const percent = (part: Exact, whole: number) =>
  whole ? Number(rounded(divide(multiply(part, exact(10_000n)), exact(BigInt(whole))))) / 100 : 0;

type Numbers = Omit<QuoteFacts, 'customer'>;

/** how much of the net is above what the articles cost; null where a cost is unknown, or in another currency */
const marginOf = async ({ lines, net, currency }: StoredQuote, { store }: Ctx): Promise<number | null> => {
  const found = await productsOf(store, [...new Set(lines.map(({ sku }) => sku))]);
  const costs = lines.map(({ sku, quantity, free }) => {
    const cost = found.get(sku)?.cost;
    if (cost?.currency !== currency) return undefined;
    return multiply(exact(BigInt(cost.amount)), add(exactOf(quantity), exact(BigInt(free))));
  });
  if (!net || costs.some(cost => cost === undefined)) return null;
  const above = subtract(exact(BigInt(net)), sumOf(costs.map(cost => cost!)));
  return percent(above, net);
};

const numbersOf = async (quote: StoredQuote, ctx: Ctx): Promise<Numbers> => {
  const { customerId, gross: amount, net, currency, lines, belowFloor, due = amount } = quote;
  const [account = noFinance(customerId), margin] = await Promise.all([
    ctx.store.get(finances, { customerId }),
    marginOf(quote, ctx),
  ]);
  const list = lines.reduce((sum, line) => sum + line.list, 0);
  const cut = lines.flatMap(({ discounts }) => discounts).reduce((sum, one) => sum + one.amount, 0);
  const { creditLimit: limit, open, overdue } = account;
  const credit = limit?.currency === currency ? limit.amount - (open[currency] ?? 0) - due : null;
  return {
    ...{ amount, net, currency, belowFloor, margin, credit, lines: lines.length },
    ...{ discount: percent(exact(BigInt(cut)), list), overdue: overdue[currency] ?? 0 },
  };
};

type Needing = Pick<Policy, 'id' | 'name' | 'steps' | 'fourEyes'> & { reasons: string[] };

const policyFor = (all: Policy[], facts: Facts, belowFloor: boolean): Needing | undefined => {
  for (const policy of all.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))) {
    const outcome = policy.match ? evaluate(policy.match, facts) : { holds: true, reasons: ['it is every quote'] };
    if (outcome.holds) return { ...policy, reasons: outcome.reasons };
  }
  return belowFloor ? { ...floorPolicy, reasons: ['it is below the floor of a price book'] } : undefined;
};

/** The approval that a quote needs by the policies of today, and the changes that ask for it; undefined: none. */
export const neededApproval = async (
  quote: StoredQuote,
  ctx: Ctx,
): Promise<{ approval: Approval; changes: Change[] } | undefined> => {
  const { now, store, actor } = ctx;
  const all = await Array.fromAsync(everyRecord(store, policies, ['approval-policy', 'all']));
  if (!all.length && !quote.belowFloor) return undefined;
  const conditions = all.flatMap(({ match, steps }) => [match, ...steps.map(step => step.if)]);
  const [numbers, found] = await Promise.all([numbersOf(quote, ctx), factsFor(ctx, quote.customerId, conditions)]);
  const customer = found?.attributes ?? {};
  const facts: Facts = { ...found, attributes: { ...numbers, customer }, now };
  const policy = policyFor(all, facts, quote.belowFloor);
  const steps = policy?.steps.filter(step => !step.if || evaluate(step.if, facts).holds) ?? [];
  if (!policy || !steps.length) return undefined;
  const { after: approval, changes } = newApproval(now, {
    ...{ id: newId('approval', now), quoteId: quote.id, customerId: quote.customerId, requestedBy: actor },
    ...{ policyId: policy.id, policy: policy.name, fourEyes: policy.fourEyes, reasons: policy.reasons },
    ...{ steps: steps.map(({ if: _, ...step }) => step), facts: numbers },
  });
  return { approval, changes };
};
