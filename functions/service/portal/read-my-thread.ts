import type { Handler } from '../../shared/http/contract.ts';
import { revive } from '../../shared/store/entity.ts';
import { caseMessages, messageParts } from '../cases/case.ts';
import { myCase } from './my-case.ts';
import type { myCaseRoutes } from './my-case-routes.ts';

/** internal notes are left out where the table is read: a page holds what may be seen */
const noNotes = {
  FilterExpression: 'doc.kind <> :note',
  ExpressionAttributeValues: { ':note': 'note' },
};

export const readMyThread: Handler<typeof myCaseRoutes.readMyThread> = async ({ params: { id = '' }, query }, ctx) => {
  await myCase(ctx, id);
  const { items, nextCursor } = await ctx.store.range(['case', id], {
    ...query,
    within: messageParts,
    filter: noNotes,
  });
  const shown = items
    .map(item => revive(caseMessages, item))
    .map(({ kind, ...message }) => ({ ...message, from: kind === 'inbound' ? ('me' as const) : ('company' as const) }));
  return { items: shown, nextCursor };
};
