import type { Money } from '../../../events/money.ts';
import type { Given, GivenRow } from '../../shared/imports/importable.ts';

type Line = { sku?: unknown; name?: unknown; quantity?: unknown; price?: unknown };

/** Lines of an order as rows of a file say them, and where each stands; `whole`: in a list, as the API takes them. */
export type Lines = { all: Line[]; sources: { line: number; whole: boolean }[] };

const parts = ['sku', 'name', 'quantity', 'price'] as const;

const sole = (rows: GivenRow[]) => rows.length === 1;

/** one line a row: what it does not say of name, quantity and, of a sole line, price follows from the rest */
const lineOf = ({ given }: GivenRow, rows: GivenRow[]): Line | undefined => {
  if (!parts.some(part => given[`lines.${part}`] !== undefined)) return undefined;
  const sku = given['lines.sku'];
  const quantity = given['lines.quantity'] ?? 1;
  const implied = sole(rows) && quantity === 1 ? given.total : undefined;
  return { sku, name: given['lines.name'] ?? sku, quantity, price: given['lines.price'] ?? implied };
};

export const linesOf = (rows: GivenRow[]): Lines => {
  const found = rows.flatMap(row => {
    const listed = Array.isArray(row.given.lines) ? (row.given.lines as Line[]) : [];
    const own = lineOf(row, rows);
    return [
      ...listed.map(one => ({ one, source: { line: row.line, whole: true } })),
      ...(own ? [{ one: own, source: { line: row.line, whole: false } }] : []),
    ];
  });
  return { all: found.map(({ one }) => one), sources: found.map(({ source }) => source) };
};

const isMoney = (value: unknown): value is Money => typeof value === 'object' && value !== null && 'amount' in value;

/** what an order comes to: as it says, else what its lines come to, where they are in one currency */
export const totalOf = ({ total }: Given, { all }: Lines): unknown => {
  if (total !== undefined) return total;
  const amounts = all.flatMap(({ price, quantity = 1 }) =>
    isMoney(price) ? [{ ...price, amount: price.amount * Number(quantity) }] : [],
  );
  const [first] = amounts;
  if (!first || amounts.length < all.length || amounts.some(one => one.currency !== first.currency)) return undefined;
  return { ...first, amount: amounts.reduce((sum, { amount }) => sum + amount, 0) };
};
