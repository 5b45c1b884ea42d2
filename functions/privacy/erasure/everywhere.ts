import { rehearsed, rehearsedFor } from '../../imports/rehearsed.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { jobs } from '../../shared/jobs/job.ts';
import { traced } from '../../shared/store/trace-items.ts';
import { plus } from '../../shared/time/duration.ts';
import type { Erasure } from './erasure.ts';
import { filedByBoth } from './rules.ts';
import { partition, toVisit, type Where } from './visit.ts';

/** notes written in a transaction */
const together = 80;

/** partitions by a customer's id */
export const ofCustomer = ['customer', 'consent-history', 'consent-request', 'decision', 'contact', 'merge', 'log'];

/** everywhere that something of a customer may be */
export const everywhere = (id: string): Where[] => [
  { find: 'filed', customerId: id },
  ...filedByBoth.map(({ kind }): Where => ({ find: 'listed', kind, customerId: id })),
  ...ofCustomer.map(kind => partition([kind, id])),
  ...traced(id).map((of): Where => ({ find: 'traces', of, subject: id })),
  { find: 'files', folder: `customers/${id}/`, short: false },
];

const mostImports = 100;

/** what imports noted that were only tried out: nobody knows whom of it */
const rehearsals = async ({ now, store }: Ctx): Promise<Where[]> => {
  const { items } = await store.list(jobs, 'kind', 'import', { limit: mostImports });
  return items
    .filter(({ updatedAt }) => plus(updatedAt, rehearsedFor) > now)
    .map(({ id }) => partition([rehearsed.kind, id]));
};

/** what was uploaded, exported or listed as wrong, whoever is in it */
const uploads: Where = { find: 'files', folder: '', short: true };

/** Notes all that is to be gone through. */
export const begin = async (erasure: Erasure, ctx: Ctx) => {
  const ids = [erasure.customerId, ...erasure.merged];
  const all = [...ids.flatMap(everywhere), ...(await rehearsals(ctx)), uploads];
  const notes = all.map(where => toVisit(erasure.id, where));
  for (let at = 0; at < notes.length; at += together) await ctx.store.commit(notes.slice(at, at + together));
};
