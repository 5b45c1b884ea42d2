import { resolveMerged } from '../customers/active-customer.ts';
import { byAttribute } from '../customers/attributes/attribute-lookups.ts';
import { attributeNamed } from '../customers/attributes/definition.ts';
import { customers } from '../customers/customer.ts';
import { confidentialAttribute } from '../customers/errors.ts';
import { normalisePhone } from '../customers/phone.ts';
import { type Hidden, hiddenFrom, isHidden, redact } from '../customers/redact.ts';
import { settingsOf } from '../customers/settings.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Handler, Request } from '../shared/http/contract.ts';
import type { Paging, Store } from '../shared/store/store.ts';
import { normaliseEmail } from '../shared/text/email.ts';
import type { routes } from './contract.ts';
import { searchCustomers } from './search-customers.ts';

type Query = Request<typeof routes.findCustomers>['query'];

/** the parameters with a result that reveals the attribute of the same name */
const revealing = ['email', 'phone', 'externalId'];

/** refuses combined criteria, and those that would reveal a hidden attribute */
const checkQuery = ({ limit, cursor, value, kind, ...criteria }: Query, hidden: Hidden) => {
  const given = Object.entries(criteria).flatMap(([name, one]) => (one === undefined ? [] : [name]));
  if (given.length > 1) {
    const message = `cannot be combined: use one of ${revealing.join(', ')}, q and attribute`;
    throw invalid(given.map(path => ({ path, message })));
  }
  if ((value === undefined) !== (criteria.attribute === undefined)) {
    const path = value === undefined ? 'value' : 'attribute';
    throw invalid([{ path, message: 'is missing: attribute and value belong together' }]);
  }
  if (kind && given.length && criteria.q === undefined) {
    throw invalid([{ path: 'kind', message: 'can be combined with q only' }]);
  }
  const [name = ''] = given;
  const revealed = criteria.attribute ?? (revealing.includes(name) ? name : undefined);
  if (revealed && isHidden(hidden, revealed)) throw confidentialAttribute();
};

const byUnique = async (store: Store, unique: string, value: string) => {
  const id = await store.holder(customers, unique, value);
  const found = id && (await resolveMerged(store, id));
  return { items: found ? [found] : [], nextCursor: null };
};

/** normalised, or unchanged if invalid: a plus sign that is not percent-encoded arrives as a space */
const phoneOf = async (store: Store, given: string) =>
  normalisePhone(given.replace(/^ /, '+'), (await settingsOf(store)).defaultCountry) ?? given.trim();

const byEntry = async (store: Store, { phone, attribute = '', value = '' }: Query, paging: Paging) => {
  const { items, nextCursor } =
    phone === undefined
      ? await byAttribute(store, attribute, value, paging)
      : await store.lookup(customers, 'phone', await phoneOf(store, phone), paging);
  return { items: await store.getByIds(customers, items), nextCursor };
};

const find = async (store: Store, query: Query, hidden: Hidden) => {
  const { email, phone, externalId, q, attribute, kind, limit, cursor } = query;
  const paging = { limit, cursor };
  if (q !== undefined) return searchCustomers({ q, kind, hidden, ...paging }, store);
  if (email !== undefined) return byUnique(store, 'email', normaliseEmail(email));
  if (externalId !== undefined) return byUnique(store, 'externalId', externalId);
  if (phone !== undefined || attribute !== undefined) return byEntry(store, query, paging);
  return store.list(customers, 'all', 'all', { ...paging, ...(kind ? { keep: one => one.kind === kind } : {}) });
};

export const findCustomers: Handler<typeof routes.findCustomers> = async (request, ctx) => {
  const { attribute, ...others } = request.query;
  const query = {
    ...others,
    ...(attribute === undefined ? {} : { attribute: attributeNamed(attribute) ?? attribute }),
  };
  const hidden = await hiddenFrom(ctx);
  checkQuery(query, hidden);
  const { items, nextCursor } = await find(ctx.store, query, hidden);
  return { items: items.map(customer => redact(customer, hidden)), nextCursor };
};
