import type * as z from 'zod';
import { customerExported } from '../../events/export.ts';
import { type CustomerId as Id, newId } from '../../events/ids.ts';
import { activeCustomer, callingCustomer } from '../customers/active-customer.ts';
import { mergedWith } from '../merging/merge.ts';
import { filesOf } from '../shared/aws/files.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { emit } from '../shared/store/changes.ts';
import type { Item } from '../shared/store/entity.ts';
import { takeQuota } from '../shared/store/quota.ts';
import type { routes } from './contract.ts';
import { eraseItem } from './erasure/erase-item.ts';
import type { Erasure } from './erasure/erasure.ts';
import type { Location } from './erasure/location.ts';
import { locationsOf, readItems } from './erasure/locations.ts';
import { tooManyExports } from './errors.ts';
import { shownToCustomer } from './own-data.ts';

const page = 200;
const limits = { partition: page, filed: page, listed: page };

/** more does not fit a reply: it becomes a file */
const mostBytes = 5_000_000;

const ofStore = new Set(['claim', 'entry', 'trace']);

type StoredData = { items: Item[]; files: string[]; rest?: Location | undefined };

const readAt = async (location: Location, ctx: Ctx): Promise<StoredData> => {
  // stored replies repeat what is found elsewhere; uploads belong to no customer
  if (location.find === 'traces' || (location.find === 'files' && location.short)) return { items: [], files: [] };
  if (location.find === 'files') {
    return { items: [], files: (await filesOf(ctx.tenant).list(location.folder)).paths };
  }
  const { items, rest } = await readItems(location, ctx, { limits });
  return { items, files: [], rest: rest(items.length) };
};

/**
 * All stored data of a customer and of those merged into it, page by page, at exactly the locations that an erasure covers: an
 * export is complete if an erasure is.
 */
async function* storedData(id: string, ctx: Ctx): AsyncGenerator<StoredData> {
  const erasure = { id: '', customerId: id, at: ctx.now } as unknown as Erasure;
  const open = [id, ...(await mergedWith(ctx.store, id))].flatMap(locationsOf);
  const visited = new Set(open.map(location => JSON.stringify(location)));
  const exported = new Set<string>();
  for (let location = open.shift(); location; location = open.shift()) {
    const { items, files, rest } = await readAt(location, ctx);
    if (rest) open.unshift(rest);
    const fresh = items.filter(({ pk, sk }) => !exported.has(`${pk} ${sk}`));
    for (const { pk, sk } of fresh) exported.add(`${pk} ${sk}`);
    const further = await Promise.all(fresh.map(item => eraseItem(item, erasure, ctx)));
    for (const next of further.flatMap(({ locations }) => locations)) {
      const name = JSON.stringify(next);
      if (!visited.has(name)) open.push(next);
      visited.add(name);
    }
    yield { items: fresh, files };
  }
}

const line = (value: object) => `${JSON.stringify(value)}\n`;

const lineOf = ({ kind, type, doc }: Item) => line({ kind, ...(type ? { type } : {}), doc });

type CustomerId = z.output<typeof Id>;

/** the export as a reply: its lines, or the file that they are in */
const exported = async (customerId: CustomerId, linesOf: (data: StoredData) => Promise<string[]>, ctx: Ctx) => {
  const { tenant, now, store } = ctx;
  const lines = [line({ kind: 'export', customerId, exportedAt: now, tenant })];
  for await (const data of storedData(customerId, ctx)) lines.push(...(await linesOf(data)));
  const text = lines.join('');
  await store.commit([emit(customerExported, { customerId, about: customerId, data: { lines: lines.length } })]);
  if (Buffer.byteLength(text) <= mostBytes) return text;
  const files = filesOf(tenant, { short: true });
  const path = `exports/customers/${newId('export', now)}.ndjson`;
  await files.put(path, text);
  return new Reply(303, '', { location: await files.downloadUrl(path, { filename: `${customerId}.ndjson` }) });
};

export const exportCustomer: Handler<typeof routes.exportCustomer> = async ({ params: { id = '' } }, ctx) => {
  const { id: customerId } = await activeCustomer(ctx.store, id);
  const fileLine = async (path: string) =>
    line({ kind: 'file', path, url: await filesOf(ctx.tenant).downloadUrl(path) });
  const linesOf = async ({ items, files }: StoredData) => [
    ...items.filter(({ kind }) => !ofStore.has(kind as string)).map(lineOf),
    ...(await Promise.all(files.map(fileLine))),
  ];
  return exported(customerId, linesOf, ctx);
};

/** it reads all that is stored of a customer */
const ownExportsADay = 10;

export const exportMe: Handler<typeof routes.exportMe> = async (_, ctx) => {
  const { id: customerId } = await callingCustomer(ctx);
  const quota = { name: `export ${customerId}`, most: ownExportsADay, seconds: 86_400 };
  const retryAfter = await takeQuota(ctx.tenant, quota, ctx.now);
  if (retryAfter) throw tooManyExports(undefined, { retryAfter });
  const linesOf = async ({ items }: StoredData) => items.flatMap(shownToCustomer).map(line);
  return exported(customerId, linesOf, ctx);
};
