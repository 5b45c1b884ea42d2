import { isDeepStrictEqual } from 'node:util';
import { isAhead } from '../../shared/events/as-of.ts';
import {
  type Decided,
  type Deciding,
  type Fault,
  type Given,
  type GivenRow,
  importable,
} from '../../shared/imports/importable.ts';
import { insert, update } from '../../shared/store/changes.ts';
import { type Order, orders, type StoredOrder } from '../order.ts';
import { became, recorded } from '../order-life.ts';
import { OrderFields } from '../order-routes.ts';
import { currencyColumn } from './currency-column.ts';
import { inSteps, nothing } from './in-steps.ts';
import {
  customerFields,
  customerOf,
  type KnownNames,
  lookUpNames,
  mostNameCharacters,
  namesIn,
  namingPath,
} from './named-in.ts';
import { type Lines, linesOf, totalOf } from './order-lines.ts';
import { rowFaults } from './row-faults.ts';

type Deciders = Deciding<KnownNames>;

/** what all rows of an order say alike, as they are about one order */
const alike = ['status', 'placedAt', 'total', ...Object.keys(customerFields)];

const contradictions = ([first, ...others]: GivenRow[]): Fault[] =>
  others.flatMap(({ line, given }) =>
    alike
      .filter(path => given[path] !== undefined && first?.given[path] !== undefined)
      .filter(path => !isDeepStrictEqual(given[path], first?.given[path]))
      .map(path => ({ line, path, message: `is another than in line ${first?.line}, which is of the same order` })),
  );

/** where a fault of an order's body is in its rows */
const inRows = ({ sources }: Lines, rows: GivenRow[], faults: Fault[]): Fault[] =>
  faults.map(({ path, message }) => {
    const [, nth, part] = /^lines\.(\d+)\.?(\w*)/.exec(path) ?? [];
    const source = nth === undefined ? undefined : sources[Number(nth)];
    if (source) return { line: source.line, path: source.whole ? 'lines' : `lines.${part}`, message };
    const says = rows.find(({ given }) => given[path] !== undefined);
    return { ...(says ? { line: says.line } : {}), path, message };
  });

/** an order that is heard of for the first time */
const anew = (rows: GivenRow[], said: Given, { now, known, newId }: Deciders): Decided<StoredOrder> => {
  const whose = customerOf(said, known);
  if (!whose) return nothing({ path: 'customerId', message: 'the row names no customer' });
  if ('fault' in whose) return nothing(whose.fault);
  const lines = linesOf(rows);
  if (!lines.all.length) {
    return nothing({ path: 'lines', message: 'the row does not say what was ordered: it needs a lines.sku at least' });
  }
  const { number, status, placedAt } = said;
  const total = totalOf(said, lines);
  const parsed = OrderFields.safeParse({ ...whose, number, status, placedAt, lines: lines.all, total });
  if (!parsed.success) return nothing(...inRows(lines, rows, rowFaults(parsed.error)));
  const fields = parsed.data;
  const at = fields.placedAt ?? now;
  if (isAhead(now, at)) return nothing({ path: 'placedAt', message: 'is in the future' });
  const id = newId(at) as Order['id'];
  const { order, said: told } = recorded(now, { ...fields, placedAt: at < now ? at : now, id });
  return { after: order, said: told, faults: [] };
};

const fixed = 'does not change once an order is recorded';

/** what the rows of a recorded order say otherwise, and no longer changes */
const otherwise = (rows: GivenRow[], said: Given, before: StoredOrder): Fault[] => {
  const lines = linesOf(rows);
  const says = {
    ...(lines.all.length ? { lines: lines.all } : {}),
    ...(said.total === undefined ? {} : { total: said.total }),
    ...(said.placedAt === undefined ? {} : { placedAt: said.placedAt }),
  };
  return Object.entries(says)
    .filter(([path, value]) => !isDeepStrictEqual(value, before[path as keyof typeof says]))
    .map(([path]) => ({ path: path === 'lines' && !lines.sources[0]?.whole ? 'lines.sku' : path, message: fixed }));
};

/** a recorded order, told of again: it may have another status */
const again = (rows: GivenRow[], said: Given, before: StoredOrder, { now, known }: Deciders): Decided<StoredOrder> => {
  const whose = customerOf(said, known);
  if (whose && 'fault' in whose) return nothing(whose.fault);
  if (whose && whose.customerId !== before.customerId) {
    return nothing({
      path: namingPath(said) ?? '',
      message: 'is not the customer that the order of this number is of',
    });
  }
  const become = (order: StoredOrder) => {
    const { order: after, said: told } = became(now, order, said.status as Order['status']);
    return { after, said: told };
  };
  const steps = said.status === undefined ? [] : [{ path: 'status', take: become }];
  return inSteps(before, steps, otherwise(rows, said, before));
};

/** what the rows of one order say together: the first word of each counts */
const together = (rows: GivenRow[]): Given => Object.assign({}, ...rows.map(({ given }) => given).reverse());

const needed = true;

export const ordersByFile = importable<StoredOrder, KnownNames>({
  name: 'orders',
  area: 'sales',
  entity: orders,
  key: 'number',
  joins: true,
  fields: {
    number: {
      is: 'text',
      needed,
      most: mostNameCharacters,
      words: 'ordernumber orderno ordernr order orderid invoiceno bestellnummer auftragsnummer numerodecommande pedido',
    },
    ...customerFields,
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
  lacks: paths => {
    const tells = ['lines', 'lines.sku', 'status'].some(path => paths.includes(path));
    return tells ? undefined : 'no column says what was ordered (lines.sku) or at what status the order is';
  },
  lookUp: (store, rows) => lookUpNames(store, rows.flatMap(namesIn)),
  decide(rows, before, how) {
    const said = together(rows);
    const faults = contradictions(rows);
    if (faults.length) return nothing(...faults);
    return before ? again(rows, said, before, how) : anew(rows, said, how);
  },
  written: (before, after) => [before ? update(orders, before, after) : insert(orders, after)],
});
