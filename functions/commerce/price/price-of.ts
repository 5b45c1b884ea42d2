import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { paidBy, readCards } from './payments.ts';
import type { PriceFields, PriceReply } from './price-routes.ts';
import { type Finished, priced } from './priced.ts';
import { type Buyer, readRules } from './read-rules.ts';

const shownLine = (
  { line, unit, list, net, tax, gross, taxes, belowFloor, steps }: Finished,
  quantity: string | number,
) => ({
  ...{ sku: line.sku, quantity, free: Number(line.free), unit: Number(unit), list: Number(list) },
  discounts: line.discounts.map(one => ({ ...one, amount: Number(one.amount) })),
  ...{ net: Number(net), tax: Number(tax), gross: Number(gross), taxIncluded: line.taxIncluded },
  taxes: taxes.map(({ id, amount }) => ({ id, amount: Number(amount) })),
  ...{ priceBooks: [...line.books], belowFloor, steps },
});

const refuseRepeated = (codes: string[]) => {
  const again = codes.flatMap((code, nth) =>
    codes.indexOf(code) < nth ? [{ path: `codes.${nth}`, message: 'is given twice' }] : [],
  );
  if (again.length) throw invalid(again);
};

/** The price of lines at an instant, for a customer or for anybody. */
export const priceOf = async (fields: PriceFields, buyer: Buyer, ctx: Ctx): Promise<PriceReply> => {
  refuseRepeated(fields.codes);
  const at = new Date(fields.at ?? ctx.now).toISOString();
  const { asked, rules } = await readRules(fields, { at, buyer }, ctx);
  const { lines, notes, net, tax, gross } = priced(asked, rules);
  const { payments, due } = paidBy(await readCards(ctx.store, fields.codes, rules), gross);
  const shown = lines.map((line, nth) => shownLine(line, fields.lines[nth]!.quantity));
  return {
    ...{ currency: fields.currency, at, country: rules.country ?? null, lines: shown },
    ...{ net: Number(net), tax: Number(tax), gross: Number(gross), belowFloor: shown.some(line => line.belowFloor) },
    promotions: notes.filter(({ code, applied }) => applied || !code || rules.codes.has(code)),
    payments: payments.map(one => ({ ...one, amount: Number(one.amount), left: Number(one.left) })),
    due: Number(due),
  };
};
