import * as z from 'zod';
import { daysBetween } from '../fields.ts';
import type { Opportunity } from '../opportunities/opportunity.ts';

export const By = z.enum(['reason', 'stage', 'source', 'ownerId', 'competitor']);
type By = z.output<typeof By>;

const Side = z.object({
  count: z.int(),
  amounts: z.array(z.object({ amount: z.number(), currency: z.string() })),
  averageDays: z.number().nullable().describe('from the opening to the close'),
});

/** What was won and lost, by a value; a deal counts once under each of its competitors. */
export const Outcomes = z.object({
  by: By,
  won: Side,
  lost: Side,
  items: z.array(
    z.object({
      value: z.string().nullable(),
      won: Side,
      lost: Side,
      winRate: z.number().describe('0 to 1, by number'),
    }),
  ),
  complete: z.boolean().describe('false: there are more than were looked at; take fewer months'),
});

const side = (all: Opportunity[], status: 'won' | 'lost') => {
  const closed = all.filter(one => one.status === status);
  const sums = new Map<string, number>();
  for (const { amount } of closed)
    if (amount) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.amount);
  const days = closed.reduce((sum, { openedAt, closedAt }) => sum + daysBetween(openedAt, closedAt ?? openedAt), 0);
  return {
    count: closed.length,
    amounts: [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, amount]) => ({ amount, currency })),
    averageDays: closed.length ? Math.round((days / closed.length) * 10) / 10 : null,
  };
};

const valuesOf = (one: Opportunity, by: By): (string | null)[] => {
  if (by !== 'competitor') return [one[by]];
  const named = [...new Set([...one.competitors, ...(one.lostTo ? [one.lostTo] : [])])];
  return named.length ? named : [null];
};

export const outcomesOf = (all: Opportunity[], by: By): Omit<z.input<typeof Outcomes>, 'complete'> => {
  const groups = Map.groupBy(
    all.flatMap(one => valuesOf(one, by).map(value => ({ one, value }))),
    ({ value }) => value,
  );
  const items = [...groups].map(([value, group]) => {
    const [won, lost] = [
      side(
        group.map(({ one }) => one),
        'won',
      ),
      side(
        group.map(({ one }) => one),
        'lost',
      ),
    ];
    return { value, won, lost, winRate: won.count / (won.count + lost.count) };
  });
  const total = ({ won, lost }: (typeof items)[number]) => won.count + lost.count;
  return {
    ...{ by, won: side(all, 'won'), lost: side(all, 'lost') },
    items: items.toSorted((a, b) => total(b) - total(a) || ((a.value ?? '') < (b.value ?? '') ? -1 : 1)),
  };
};
