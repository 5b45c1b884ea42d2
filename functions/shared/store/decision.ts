import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { newId } from '../../../events/ids.ts';
import { Instant } from '../http/contract.ts';
import { type Change, put } from './changes.ts';
import { entity } from './entity.ts';
import type { Store } from './store.ts';

export const Decision = z.object({
  id: z.string(),
  customerId: z.string(),
  at: Instant,
  /** what was decided: message, routing, trigger, assignment … */
  kind: z.string(),
  /** how: sent, skipped, held, assigned, queued … */
  outcome: z.string(),
  reasons: z.array(z.string()),
  /** id of the trigger, case or event that made it due */
  cause: z.string(),
});
export type Decision = z.output<typeof Decision>;

export const decisions = entity('decision', Decision, {
  onMerge: { partition: 'decision', counted: 'decisions' },
  onErase: 'delete',
  key: ({ customerId, at, id }: { customerId: string; at: string; id: string }) => ({
    of: ['decision', customerId],
    part: `${at}#${id}`,
  }),
});

export const decided = (now: string, decision: Omit<Decision, 'id' | 'at'>): Change =>
  put(decisions, { ...decision, id: newId('decision', now), at: now });

/** The same for what recurs with every call of a tracker: one a day of each customer and kind, at the beginning of the day. */
export const decidedDaily = async (decision: Omit<Decision, 'id' | 'at'>, store: Store): Promise<Change[]> => {
  if (!decision.reasons.length) return [];
  const at = `${store.now.slice(0, 'YYYY-MM-DD'.length)}T00:00:00.000Z`;
  const today: Decision = { ...decision, id: `daily-${decision.kind}`, at };
  return isDeepStrictEqual(await store.get(decisions, today), today) ? [] : [put(decisions, today)];
};
