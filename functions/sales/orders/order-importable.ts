import { isDeepStrictEqual } from 'node:util';
import type { Money } from '../../../events/money.ts';
import { checked } from '../../shared/http/parse.ts';
import {
  type Decided,
  type Deciding,
  type Fault,
  type Given,
  type GivenRow,
  importable,
} from '../../shared/imports/importable.ts';
import { isObject } from '../../shared/json.ts';
import {
  type Customers,
  customerColumns,
  customerFault,
  customerReferences,
  keyColumn,
  neededCustomer,
  resolveCustomers,
} from '../importables/customer-columns.ts';
import {
  applySteps,
  currencyColumn,
  fixedFaults,
  futureFaults,
  notAfter,
  pick,
  rejected,
  rowFaults,
} from '../importables/steps.ts';
import { type Order, orders, type StoredOrder } from './order.ts';
import { changedOrder, newOrder } from './order-changes.ts';
import { OrderFields } from './order-routes.ts';

type Context = Deciding<Customers>;

type Line = { sku?: unknown; name?: unknown; quantity?: unknown; price?: unknown };

/** The lines of an order in its rows, and the row of each; `whole`: from a list, as the API takes them. */
type Lines = { all: Line[]; sources: { line: number; whole: boolean }[] };

/** the line of a row; missing names, quantities and, of an only line, prices follow from the rest */
const lineOf = ({ given }: GivenRow, rows: GivenRow[]): Line[] => {
  const { 'lines.sku': sku, 'lines.name': name = sku, 'lines.quantity': quantity = 1, 'lines.price': price } = given;
  if (!Object.keys(given).some(path => path.startsWith('lines.'))) return [];
  const implied = rows.length === 1 && quantity === 1 ? given.total : undefined;
  return [{ sku, name, quantity, price: price ?? implied }];
};

const linesOf = (rows: GivenRow[]): Lines => {
  const found = rows.flatMap(row => {
    const listed = Array.isArray(row.given.lines) ? (row.given.lines as Line[]) : [];
    const sourceOf = (whole: boolean) => (one: Line) => ({ one, source: { line: row.line, whole } });
    return [...listed.map(sourceOf(true)), ...lineOf(row, rows).map(sourceOf(false))];
  });
  return { all: found.map(({ one }) => one), sources: found.map(({ source }) => source) };
};

const isMoney = (value: unknown): value is Money => isObject(value) && 'amount' in value;

/** the total of an order: as given, else the sum of its lines if they are in one currency */
const totalOf = ({ total }: Given, { all }: Lines): unknown => {
  if (total !== undefined) return total;
  const amounts = all.flatMap(({ price, quantity = 1 }) =>
    isMoney(price) ? [{ ...price, amount: price.amount * Number(quantity) }] : [],
  );
  const [first] = amounts;
  if (!first || amounts.length < all.length || amounts.some(one => one.currency !== first.currency)) return undefined;
  return { ...first, amount: amounts.reduce((sum, { amount }) => sum + amount, 0) };
};

/** the columns that are the same in all rows of an order */
const shared = ['status', 'placedAt', 'shipping', 'tax', 'total', 'coupon', ...Object.keys(customerColumns)];

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
  const customer = neededCustomer(given, known);
  if ('fault' in customer) return rejected(customer.fault);
  const lines = linesOf(rows);
  if (!lines.all.length)
    return rejected({ path: 'lines', message: 'the row has no order lines: give at least lines.sku' });
  const { number, status, placedAt, shipping, tax, coupon } = given;
  const total = totalOf(given, lines);
  const fields = checked(OrderFields, {
    ...customer,
    ...{ number, status, placedAt, lines: lines.all, shipping, tax, total, coupon },
  });
  const faults = [...inRows(lines, rows, rowFaults(fields)), ...futureFaults(now, given, 'placedAt')];
  if (!fields.success || faults.length) return rejected(...faults);
  const { placedAt: at = now } = fields.data;
  return applySteps(newOrder(now, { ...fields.data, placedAt: notAfter(now, at), id: newId(at) as Order['id'] }), []);
};

/** the fields of a recorded order that its rows change and that cannot change */
const fixedIn = (rows: GivenRow[], given: Given, before: StoredOrder): Fault[] => {
  const { all, sources } = linesOf(rows);
  const fields = {
    ...(all.length ? { lines: all } : {}),
    ...pick(given, 'shipping', 'tax', 'total', 'coupon', 'placedAt'),
  };
  const isColumn = !sources[0]?.whole;
  return fixedFaults('order', before, fields).map(fault =>
    fault.path === 'lines' && isColumn ? { ...fault, path: 'lines.sku' } : fault,
  );
};

/** only the status of a recorded order may change */
const change = (rows: GivenRow[], given: Given, before: StoredOrder, { now, known }: Context): Decided<StoredOrder> => {
  const fault = customerFault(given, known, { customerId: before.customerId, noun: 'order' });
  if (fault) return rejected(fault);
  const apply = (order: StoredOrder) => changedOrder(now, order, given.status as Order['status']);
  const steps = given.status === undefined ? [] : [{ path: 'status', apply }];
  return applySteps({ after: before, events: [] }, steps, fixedIn(rows, given, before));
};

const needed = true;

export const importableOrders = importable<StoredOrder, Customers>({
  name: 'orders',
  area: 'sales',
  entity: orders,
  key: 'number',
  joins: true,
  fields: {
    number: keyColumn(
      'ordernumber orderno ordernr order orderid invoiceno bestellnummer auftragsnummer numerodecommande pedido',
    ),
    ...customerColumns,
    status: { is: 'word', needed, words: 'orderstatus state' },
    placedAt: { is: 'instant', needed, words: 'orderdate orderedat orderedon date datum bestelldatum fecha createdat' },
    currency: { ...currencyColumn, needed },
    total: { is: 'money', needed, words: 'amount ordertotal totalamount grandtotal betrag summe montant importe' },
    shipping: { is: 'money', needed, words: 'shippingcost deliverycost freight versandkosten fraisdeport' },
    tax: { is: 'money', needed, words: 'vat salestax taxamount mwst tva iva' },
    coupon: { is: 'text', most: 100, words: 'couponcode discountcode vouchercode gutscheincode' },
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
});
