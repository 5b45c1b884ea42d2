import { byAttribute } from '../customers/attributes/by-attribute.ts';
import { namedAttribute } from '../customers/attributes/definition.ts';
import { customers } from '../customers/customer.ts';
import { resolveMerged } from '../customers/living.ts';
import { normalisePhone } from '../customers/phone.ts';
import { confidential, type Hidden, hiddenFrom, isHidden, redacted } from '../customers/shown.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Handler, Request } from '../shared/http/contract.ts';
import type { Paging, Store } from '../shared/store/store.ts';
import { normaliseEmail } from '../shared/text/email.ts';
import type { routes } from './contract.ts';
import { searchCustomers } from './search-customers.ts';

const byClaim = async (store: Store, unique: string, value: string) => {
  const id = await store.holder(customers, unique, value);
  const found = id && (await resolveMerged(store, id));
  return { items: found ? [found] : [], nextCursor: null };
};

/** the attributes that each way to look for customers tells something of */
const tells = { email: 'email', phone: 'phone', externalId: 'externalId' };

type Query = Request<typeof routes.findCustomers>['query'];

const together = (path: string, message: string) => invalid([{ path, message }]);

/** what is looked for; refuses more than one thing at a time, and what the caller may not know */
const checked = ({ limit, cursor, value, kind, ...ways }: Query, hidden: Hidden) => {
  const asked = Object.entries(ways).filter(([, given]) => given !== undefined);
  if (asked.length > 1) {
    const message = `ask for one of ${Object.keys(tells).join(', ')}, q and attribute at a time`;
    throw invalid(asked.map(([path]) => ({ path, message })));
  }
  if ((value === undefined) !== (ways.attribute === undefined)) {
    throw together(value === undefined ? 'value' : 'attribute', 'attribute and value go together');
  }
  if (kind && asked.length && ways.q === undefined) throw together('kind', 'goes with q, or alone');
  const [way = ''] = asked[0] ?? [];
  const told = way === 'attribute' ? ways.attribute : tells[way as keyof typeof tells];
  if (told && isHidden(hidden, told)) throw confidential();
};

/** as it is kept, or as it was given where it is none: a plus sign that was not percent-encoded arrives as a space */
const phoneOf = (given: string) => normalisePhone(given.replace(/^ /, '+')) ?? given.trim();

const byEntry = async (store: Store, { phone, attribute = '', value = '' }: Query, paging: Paging) => {
  const { items, nextCursor } =
    phone === undefined
      ? await byAttribute(store, attribute, value, paging)
      : await store.lookup(customers, 'phone', phoneOf(phone), paging);
  const ids = [...new Set(items)].map(id => ({ id }));
  return { items: await store.getAll(customers, ids), nextCursor };
};

const found = async (store: Store, query: Query, hidden: Hidden) => {
  const { email, phone, externalId, q, attribute, kind, limit, cursor } = query;
  const paging = { limit, cursor };
  if (q !== undefined) return searchCustomers({ q, kind, hidden, ...paging }, store);
  if (email !== undefined) return byClaim(store, 'email', normaliseEmail(email));
  if (externalId !== undefined) return byClaim(store, 'externalId', externalId);
  if (phone !== undefined || attribute !== undefined) return byEntry(store, query, paging);
  return store.list(customers, 'all', 'all', { ...paging, ...(kind ? { keep: one => one.kind === kind } : {}) });
};

/** attributes go by their declared names as by their paths */
const named = ({ attribute, ...others }: Query): Query => ({
  ...others,
  ...(attribute === undefined ? {} : { attribute: namedAttribute(attribute) ?? attribute }),
});

export const findCustomers: Handler<typeof routes.findCustomers> = async (asked, ctx) => {
  const query = named(asked.query);
  const hidden = await hiddenFrom(ctx);
  checked(query, hidden);
  const { items, nextCursor } = await found(ctx.store, query, hidden);
  return { items: items.map(customer => redacted(customer, hidden)), nextCursor };
};
