import { isDeepStrictEqual } from 'node:util';
import { checked } from '../../shared/http/parse.ts';
import {
  type Decided,
  type Deciding,
  type Fault,
  type Given,
  type GivenRow,
  importable,
} from '../../shared/imports/importable.ts';
import { insert, update } from '../../shared/store/changes.ts';
import {
  type Customers,
  customerColumns,
  customerOf,
  customerReferences,
  maxReferenceLength,
  referencePath,
  resolveCustomers,
} from '../importables/customer-columns.ts';
import {
  applySteps,
  currencyColumn,
  fixed,
  futureFaults,
  notAfter,
  rejected,
  rowFaults,
} from '../importables/steps.ts';
import { type Order, orders, type StoredOrder } from './order.ts';
import { changedOrder, newOrder } from './order-changes.ts';
import { type Lines, linesOf, totalOf } from './order-lines.ts';
import { OrderFields } from './order-routes.ts';

type Context = Deciding<Customers>;

/** the columns that are the same in all rows of an order */
const shared = ['status', 'placedAt', 'total', ...Object.keys(customerColumns)];

const contradictions = ([first, ...others]: GivenRow[]): Fault[] =>
  others.flatMap(({ line, given }) =>
    shared
      .filter(path => given[path] !== undefined && first?.given[path] !== undefined)
      .filter(path => !isDeepStrictEqual(given[path], first?.given[path]))
      .map(path => ({ line, path, message: `differs from line ${first?.line} of the same order` })),
  );

/** the rows and columns of faults in the fields of an order */
const inRows = ({ sources }: Lines, rows: GivenRow[], faults: Fault[]): Fault[] =>
  faults.map(({ path, message }) => {
    const [, nth, part] = /^lines\.(\d+)\.?(\w*)/.exec(path) ?? [];
    const source = nth === undefined ? undefined : sources[Number(nth)];
    if (source) return { line: source.line, path: source.whole ? 'lines' : `lines.${part}`, message };
    const row = rows.find(({ given }) => given[path] !== undefined);
    return { ...(row ? { line: row.line } : {}), path, message };
  });

const create = (rows: GivenRow[], given: Given, { now, known, newId }: Context): Decided<StoredOrder> => {
  const customer = customerOf(given, known);
  if (!customer) return rejected({ path: 'customerId', message: 'the row has no customer' });
  if ('fault' in customer) return rejected(customer.fault);
  const lines = linesOf(rows);
  if (!lines.all.length)
    return rejected({ path: 'lines', message: 'the row has no order lines: give at least lines.sku' });
  const { number, status, placedAt } = given;
  const total = totalOf(given, lines);
  const fields = checked(OrderFields, { ...customer, number, status, placedAt, lines: lines.all, total });
  const faults = [...inRows(lines, rows, rowFaults(fields)), ...futureFaults(now, given, 'placedAt')];
  if (!fields.success || faults.length) return rejected(...faults);
  const { placedAt: at = now } = fields.data;
  return applySteps(newOrder(now, { ...fields.data, placedAt: notAfter(now, at), id: newId(at) as Order['id'] }), []);
};

/** the fields of a recorded order that its rows change and that cannot change */
const fixedFaults = (rows: GivenRow[], { total, placedAt }: Given, before: StoredOrder): Fault[] => {
  const lines = linesOf(rows);
  const fields = { lines: lines.all.length ? lines.all : undefined, total, placedAt };
  return Object.entries(fields)
    .filter(([path, value]) => value !== undefined && !isDeepStrictEqual(value, before[path as keyof typeof fields]))
    .map(([path]) => (path === 'lines' && !lines.sources[0]?.whole ? 'lines.sku' : path))
    .map(path => ({ path, message: fixed('order') }));
};

/** only the status of a recorded order may change */
const change = (rows: GivenRow[], given: Given, before: StoredOrder, { now, known }: Context): Decided<StoredOrder> => {
  const customer = customerOf(given, known);
  if (customer && 'fault' in customer) return rejected(customer.fault);
  if (customer && customer.customerId !== before.customerId) {
    return rejected({ path: referencePath(given) ?? '', message: 'is not the customer of this order' });
  }
  const apply = (order: StoredOrder) => changedOrder(now, order, given.status as Order['status']);
  const steps = given.status === undefined ? [] : [{ path: 'status', apply }];
  return applySteps({ after: before, events: [] }, steps, fixedFaults(rows, given, before));
};

const needed = true;

export const importableOrders = importable<StoredOrder, Customers>({
  name: 'orders',
  area: 'sales',
  entity: orders,
  key: 'number',
  joins: true,
  fields: {
    number: {
      is: 'text',
      needed,
      most: maxReferenceLength,
      words: 'ordernumber orderno ordernr order orderid invoiceno bestellnummer auftragsnummer numerodecommande pedido',
    },
    ...customerColumns,
    status: { is: 'word', needed, words: 'orderstatus state' },
    placedAt: { is: 'instant', needed, words: 'orderdate orderedat orderedon date datum bestelldatum fecha createdat' },
    currency: { ...currencyColumn, needed },
    total: { is: 'money', needed, words: 'amount ordertotal totalamount grandtotal betrag summe montant importe' },
    lines: { is: 'list', needed },
    'lines.sku': { is: 'text', needed, words: 'sku productcode itemno itemnumber articleno artikelnummer productid' },
    'lines.name': { is: 'text', needed, words: 'product productname item itemname description artikel' },
    'lines.quantity': { is: 'whole', needed, words: 'quantity qty menge quantite cantidad' },
    'lines.price': { is: 'money', needed, words: 'price unitprice itemprice preis prix precio' },
  },
  lacks: paths =>
    ['lines', 'lines.sku', 'status'].some(path => paths.includes(path))
      ? undefined
      : 'map a column to lines.sku or to status',
  lookUp: (store, rows) => resolveCustomers(store, rows.flatMap(customerReferences)),
  decide(rows, before, context) {
    const faults = contradictions(rows);
    if (faults.length) return rejected(...faults);
    // the first value of a column counts
    const given: Given = Object.assign({}, ...rows.map(({ given }) => given).reverse());
    return before ? change(rows, given, before, context) : create(rows, given, context);
  },
  written: (before, after) => [before ? update(orders, before, after) : insert(orders, after)],
});
