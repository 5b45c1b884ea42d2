import { customerExported } from '../../events/export.ts';
import { newId } from '../../events/ids.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { confidentialAttribute } from '../customers/errors.ts';
import { hiddenFrom } from '../customers/redact.ts';
import { filesOf } from '../shared/aws/files.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { emit } from '../shared/store/changes.ts';
import type { Item } from '../shared/store/entity.ts';
import type { routes } from './contract.ts';
import { heldOf } from './held-of.ts';

/** more does not fit a reply: it is put into a file */
const mostBytes = 5_000_000;

/** what is of the store alone */
const ofStore = new Set(['claim', 'entry', 'trace']);

const line = (value: object) => `${JSON.stringify(value)}\n`;

const lineOf = ({ kind, type, doc }: Item) => line({ kind, ...(type ? { type } : {}), doc });

const fileLine = async (path: string, { tenant }: Ctx) =>
  line({ kind: 'file', path, url: await filesOf(tenant).downloadUrl(path) });

/** Everything that is held of a customer: a record, an event or a file a line. */
export const exportCustomer: Handler<typeof routes.exportCustomer> = async ({ params: { id = '' } }, ctx) => {
  const { id: customerId } = await activeCustomer(ctx.store, id);
  // a copy for the customer has no gaps
  if ((await hiddenFrom(ctx)).length) throw confidentialAttribute();
  const lines = [line({ kind: 'export', customerId, exportedAt: ctx.now, tenant: ctx.tenant })];
  for await (const { items, files } of heldOf(customerId, ctx)) {
    lines.push(...items.filter(({ kind }) => !ofStore.has(kind as string)).map(lineOf));
    lines.push(...(await Promise.all(files.map(path => fileLine(path, ctx)))));
  }
  const text = lines.join('');
  const said = emit(customerExported, { customerId, about: customerId, data: { lines: lines.length } });
  await ctx.store.commit([said]);
  if (Buffer.byteLength(text) <= mostBytes) return text;
  const files = filesOf(ctx.tenant, { short: true });
  const path = `exports/customers/${newId('export', ctx.now)}.ndjson`;
  await files.put(path, text);
  return new Reply(303, '', { location: await files.downloadUrl(path, { filename: `${customerId}.ndjson` }) });
};
