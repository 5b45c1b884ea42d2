import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { newId } from '../../../events/ids.ts';
import { Instant } from '../http/contract.ts';
import { dayOf, midnightOf } from '../time/duration.ts';
import { type Change, put } from './changes.ts';
import { cursorOf, readCursor } from './cursor.ts';
import { entity, main, revive } from './entity.ts';
import { is } from './filters.ts';
import type { Page, Paging, Store } from './store.ts';

const Choice = z.object({
  /** what was decided: message, routing, trigger, assignment … */
  kind: z.string(),
  /** how: sent, skipped, held, assigned, queued … */
  outcome: z.string(),
  reasons: z.array(z.string()),
  /** of an assignment: why others were not chosen */
  whyNot: z.record(z.string(), z.string()).optional(),
});
export type Choice = z.output<typeof Choice>;

export const Decision = z.object({
  id: z.string(),
  customerId: z.string(),
  at: Instant,
  ...Choice.shape,
  /** id of the trigger, case or event that made it due */
  cause: z.string(),
  /** what was decided with it, one after the other */
  also: z.array(Choice).optional(),
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

/** The same for what recurs with every call of a tracker: one a day of each customer and kind (or `of`), at the beginning of the day. */
export const decidedDaily = async (
  decision: Omit<Decision, 'id' | 'at'>,
  store: Store,
  of = decision.kind,
): Promise<Change[]> => {
  if (!decision.reasons.length) return [];
  const at = midnightOf(dayOf(store.now));
  const today: Decision = { ...decision, id: `daily-${of}`, at };
  return isDeepStrictEqual(await store.get(decisions, today), today) ? [] : [put(decisions, today)];
};

type Listed = Choice & Pick<Decision, 'at' | 'cause'>;

/** the decisions about a customer one by one, newest first; a cursor names the item, and how many of its choices were listed */
export const listedDecisions = async (
  store: Store,
  customerId: string,
  { limit, cursor }: Paging,
  { cause, since = '0' }: { cause?: string; since?: string } = {},
): Promise<Page<Listed>> => {
  const [to = main, listed = '0'] = cursor ? readCursor(cursor).split(' ') : [];
  const part = { limit: limit + 1, within: { from: since, to }, ...(cause ? { filter: is('cause', cause) } : {}) };
  const { items, more } = await store.partition(['decision', customerId], part);
  const all = items.flatMap(item => {
    const { at, cause, also = [], kind, outcome, reasons, whyNot } = revive(decisions, item);
    const choices = [{ kind, outcome, reasons, ...(whyNot ? { whyNot } : {}) }, ...also].reverse();
    return choices
      .map((choice, nth) => ({ decision: { at, cause, ...choice }, place: `${item.sk} ${nth + 1}` }))
      .slice(item.sk === to ? Number(listed) : 0);
  });
  const page = all.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ decision }) => decision),
    nextCursor: last && (more || all.length > limit) ? cursorOf(last.place) : null,
  };
};
