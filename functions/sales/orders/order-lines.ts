import type { Money } from '../../../events/money.ts';
import type { Given, GivenRow } from '../../shared/imports/importable.ts';
import { isObject } from '../../shared/json.ts';

type Line = { sku?: unknown; name?: unknown; quantity?: unknown; price?: unknown };

/** The lines of an order in its rows, and the row of each; `whole`: from a list, as the API takes them. */
export type Lines = { all: Line[]; sources: { line: number; whole: boolean }[] };

/** the line of a row; missing names, quantities and, of an only line, prices follow from the rest */
const lineOf = ({ given }: GivenRow, rows: GivenRow[]): Line[] => {
  const { 'lines.sku': sku, 'lines.name': name = sku, 'lines.quantity': quantity = 1, 'lines.price': price } = given;
  if (!Object.keys(given).some(path => path.startsWith('lines.'))) return [];
  const implied = rows.length === 1 && quantity === 1 ? given.total : undefined;
  return [{ sku, name, quantity, price: price ?? implied }];
};

export const linesOf = (rows: GivenRow[]): Lines => {
  const found = rows.flatMap(row => {
    const listed = Array.isArray(row.given.lines) ? (row.given.lines as Line[]) : [];
    const sourceOf = (whole: boolean) => (one: Line) => ({ one, source: { line: row.line, whole } });
    return [...listed.map(sourceOf(true)), ...lineOf(row, rows).map(sourceOf(false))];
  });
  return { all: found.map(({ one }) => one), sources: found.map(({ source }) => source) };
};

const isMoney = (value: unknown): value is Money => isObject(value) && 'amount' in value;

/** the total of an order: as given, else the sum of its lines if they are in one currency */
export const totalOf = ({ total }: Given, { all }: Lines): unknown => {
  if (total !== undefined) return total;
  const amounts = all.flatMap(({ price, quantity = 1 }) =>
    isMoney(price) ? [{ ...price, amount: price.amount * Number(quantity) }] : [],
  );
  const [first] = amounts;
  if (!first || amounts.length < all.length || amounts.some(one => one.currency !== first.currency)) return undefined;
  return { ...first, amount: amounts.reduce((sum, { amount }) => sum + amount, 0) };
};
