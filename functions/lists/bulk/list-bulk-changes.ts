import { type Hidden, hiddenFrom } from '../../customers/redact.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { cursorOf, readCursor } from '../../shared/store/cursor.ts';
import { revive } from '../../shared/store/entity.ts';
import type { routes } from '../contract.ts';
import { kinds, needBulk } from './bulk.ts';
import { undoInput } from './bulk-input.ts';
import { type BulkChange, bulkChanges, plans } from './bulk-log.ts';
import { veiled } from './lines.ts';

const shownChange = ({ changes, undone, ...change }: BulkChange, hidden: Hidden) => ({
  ...change,
  changes: veiled(changes, hidden),
  ...(undone ? { undone: { ...undone, changes: veiled(undone.changes, hidden) } } : {}),
});

/** Page by page of what was planned: a page shows those of one slice that were changed. */
export const listBulkChanges: Handler<typeof routes.listBulkChanges> = async (
  { params: { id = '' }, query: { cursor } },
  ctx,
) => {
  const { store } = ctx;
  const [job, hidden] = await Promise.all([needBulk(store, id), hiddenFrom(ctx)]);
  // what a job took back is kept with what was done
  const jobId = (job.kind === kinds.undo ? undoInput(job).undoes : id) as BulkChange['jobId'];
  const after = cursor ? readCursor(cursor) : undefined;
  const page = { limit: 1, upwards: true, ...(after ? { after } : {}) };
  const { items, last } = await store.partition(['bulk', jobId], page);
  const ids = items[0] ? revive(plans, items[0]).ids : [];
  const found = await store.getAll(
    bulkChanges,
    ids.map(customerId => ({ jobId, customerId })),
  );
  return { items: found.map(one => shownChange(one, hidden)), nextCursor: last ? cursorOf(last) : null };
};
