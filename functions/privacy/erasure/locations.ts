import { dryRunRows, dryRunRowsFor } from '../../imports/rows/dry-run-rows.ts';
import { filesOf } from '../../shared/aws/files.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { jobs } from '../../shared/jobs/job.ts';
import type { FiledAt } from '../../shared/store/customer-records.ts';
import type { Item } from '../../shared/store/entity.ts';
import { traced } from '../../shared/store/trace-items.ts';
import { plus } from '../../shared/time/duration.ts';
import type { Erasure } from './erasure.ts';
import { type Location, partition, pending } from './location.ts';
import { filedByBoth, listedByCustomer } from './personal-entities.ts';

const together = 80;

export const customerPartitions = [
  'customer',
  'consent-history',
  'consent-request',
  'decision',
  'contact',
  'merge',
  'log',
];

export const locationsOf = (id: string): Location[] => [
  { find: 'filed', customerId: id },
  ...filedByBoth.map(({ kind }): Location => ({ find: 'listed', kind, customerId: id })),
  ...customerPartitions.map(kind => partition([kind, id])),
  ...traced(id).map((of): Location => ({ find: 'traces', of, subject: id })),
  { find: 'files', folder: `customers/${id}/`, short: false },
];

const mostImports = 100;

/** the rows of dry runs of imports, which may be of any customer */
const dryRuns = async ({ now, store }: Ctx): Promise<Location[]> => {
  const { items } = await store.list(jobs, 'kind', 'import', { limit: mostImports });
  return items
    .filter(({ updatedAt }) => plus(updatedAt, dryRunRowsFor) > now)
    .map(({ id }) => partition([dryRunRows.kind, id]));
};

/** uploads, exports and error lists, which may be of any customer */
const uploads: Location = { find: 'files', folder: '', short: true };

export const addLocations = async (erasure: Erasure, ctx: Ctx) => {
  const ids = [erasure.customerId, ...erasure.merged];
  const all = [...ids.flatMap(locationsOf), ...(await dryRuns(ctx)), uploads];
  const changes = all.map(where => pending(erasure.id, where));
  for (let at = 0; at < changes.length; at += together) await ctx.store.commit(changes.slice(at, at + together));
};

type Options = { limits: Record<'partition' | 'filed' | 'listed', number>; expired?: boolean };

/** a page of items; `rest`: where to continue after the first so many of them */
type Page = { items: Item[]; rest: (taken: number) => Location | undefined };

type ItemLocation = Extract<Location, { find: 'partition' | 'filed' | 'listed' }>;

export const readItems = async (
  where: ItemLocation,
  { store }: Ctx,
  { limits, ...options }: Options,
): Promise<Page> => {
  const limit = limits[where.find];
  if (where.find === 'partition') {
    const { of, about, after } = where;
    const found = await store.partition(of, { limit, upwards: true, ...options, after });
    const items = about ? found.items.filter(({ doc }) => (doc as { about?: string }).about === about) : found.items;
    const restAfter = (sk: string | undefined) => (sk ? { ...where, after: sk } : undefined);
    return { items, rest: taken => restAfter(taken < items.length ? items[taken - 1]?.sk : found.last) };
  }
  if (where.find === 'filed') {
    const page = { kinds: listedByCustomer, limit, after: where.after as FiledAt | undefined };
    const { items, after } = await store.filedItems(where.customerId, page);
    return { items, rest: taken => (taken < items.length ? where : after && { ...where, after }) };
  }
  const { kind, customerId, after: cursor } = where;
  const entity = filedByBoth.find(one => one.kind === kind);
  if (!entity) return { items: [], rest: () => undefined };
  const found = await store.lookup(entity, 'customer', customerId, { limit, cursor });
  const places = found.items.map(id => entity.key({ id }));
  const items = (await Promise.all(places.map(({ of, part }) => store.parts(of, [part])))).flat();
  const next = found.nextCursor ? { ...where, after: found.nextCursor } : undefined;
  return { items, rest: taken => (taken < items.length ? where : next) };
};

/** Whether a running job uses a short-lived file: its path contains the job's id. */
export const isInUse = async (path: string, { store }: Pick<Ctx, 'store'>): Promise<boolean> => {
  const ids = path.split('/').filter(part => /^[a-z]{3,4}_[0-9a-z]{26}$/.test(part));
  const found = await store.getByIds(jobs, ids);
  return found.some(({ state }) => state === 'running');
};

export const anyInUse = async (ctx: Ctx): Promise<boolean> => {
  const { paths } = await filesOf(ctx.tenant, { short: true }).list('');
  for (const path of paths) if (await isInUse(path, ctx)) return true;
  return false;
};
