import * as z from 'zod';
import { DoubtCause } from '../../../events/hygiene.ts';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity, revive } from '../../shared/store/entity.ts';
import type { Store } from '../../shared/store/store.ts';
import { settleDoubt, unsettleDoubt } from './doubt-merge.ts';

/** what stands for the record as a whole, where no attribute is meant */
export const wholeRecord = 'record';

/** That something of a customer is to be verified: one for each attribute, until it is settled. */
export const Doubt = z.object({
  customerId: CustomerId,
  attribute: z.string(),
  cause: DoubtCause,
  why: z.string(),
  /** without: nothing is asked, as no rule is about it */
  rule: z.string().optional(),
  state: z.enum(['open', 'settled']),
  since: Instant,
  settledAt: Instant.optional(),
  how: z.enum(['verified', 'changed', 'task', 'passed']).optional(),
  taskId: idOf('activity').optional(),
  /** which slice of which job opened it, so that a slice done again counts the same */
  openedBy: z.string().optional(),
  version: stamps.version,
});
export type Doubt = z.output<typeof Doubt>;

/** doubts that no rule is about are listed under this */
export const withoutRule = 'none';

export const doubts = entity('doubt', Doubt, {
  onMerge: {
    settle: (...args) => settleDoubt(...args),
    undo: (...args) => unsettleDoubt(...args),
  },
  onErase: 'delete',
  area: 'activities',
  key: ({ customerId, attribute }: { customerId: string; attribute: string }) => ({
    of: ['customer', customerId],
    part: `doubt#${attribute}`,
  }),
  lists: {
    open: {
      by: ({ state, rule }) => (state === 'open' ? (rule ?? withoutRule) : undefined),
      sort: ({ since, customerId, attribute }) => `${since}#${customerId}#${attribute}`,
    },
  },
});

const mostDoubts = 200;

/** all that was ever doubted of a customer */
export const doubtsOf = async (store: Store, customerId: string): Promise<Doubt[]> => {
  const within = { from: 'doubt#', to: 'doubt$' };
  const { items } = await store.partition(['customer', customerId], { limit: mostDoubts, within, upwards: true });
  return items.map(item => revive(doubts, item));
};
