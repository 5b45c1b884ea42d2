import * as z from 'zod';
import { messageDue } from '../../events/message.ts';
import type { Work } from '../shared/jobs/work.ts';
import { schedule } from '../shared/store/changes.ts';
import { messages } from './message.ts';
import { scopeOf } from './pause.ts';

const Input = z.object({ scope: z.string() });

/** The held messages of a scope are due at once; one that is held for another reason is held again. */
export const resumeSending: Work = {
  slice: async ({ input, cursor }, { now, store, perSlice }) => {
    const { scope } = Input.parse(input);
    const paging = { limit: perSlice(50), cursor: typeof cursor === 'string' ? cursor : undefined };
    const { items, nextCursor } = await store.list(messages, 'state', 'held', paging);
    const waiting = items.filter(one => one.campaignId === scope || scopeOf(one) === scope);
    const changes = waiting.map(({ id, customerId }) => schedule(now, messageDue, { customerId, about: id, data: {} }));
    return { cursor: nextCursor, changes, counts: { resumed: waiting.length } };
  },
};
