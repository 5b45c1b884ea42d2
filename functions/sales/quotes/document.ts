import { decimalsOf } from '../../../events/money.ts';
import { decimalText, exact, tenTo } from '../../shared/exact.ts';
import { escaped, htmlPage } from '../../shared/http/html-page.ts';
import type { Quote } from './quote.ts';

const amountText = (amount: number, currency: string) => {
  const decimals = decimalsOf(currency);
  const [whole = '', fraction = ''] = decimalText(exact(BigInt(amount), tenTo(decimals)), decimals).split('.');
  return `${whole}${decimals ? `.${fraction.padEnd(decimals, '0')}` : ''}`;
};

const row = (cells: (string | number)[], tag = 'td') =>
  `<tr>${cells.map((cell, nth) => `<${tag}${nth > 1 ? ' align="right"' : ' align="left"'}>${escaped(String(cell))}</${tag}>`).join('')}</tr>`;

/** The document of a quote, for its customer: without its floors, and without how prices came about. */
export const quoteDocument = (quote: Quote, names: ReadonlyMap<string, string>, name: string) => {
  const { id, revision, currency, text, validUntil, lines, net, tax, gross } = quote;
  const shown = (amount: number) => amountText(amount, currency);
  const lineRows = lines.flatMap(({ sku, quantity, unit, free, net: lineNet, tax: lineTax, discounts }) => [
    row([sku, names.get(sku) ?? sku, quantity, shown(unit), shown(lineNet), shown(lineTax)]),
    ...discounts.map(one => row(['', `${one.code ?? one.id}`, '', '', `−${shown(one.amount)}`, ''])),
    ...(free ? [row([sku, names.get(sku) ?? sku, free, shown(0), shown(0), shown(0)])] : []),
  ]);
  const totals = [
    ['Net', net],
    ['Tax', tax],
    ['Total', gross],
  ] as const;
  const body =
    `<p>${escaped(name)}</p><p>${escaped(id)} · revision ${revision} · ${escaped(currency)}</p>` +
    (text
      ? text
          .split(/\n+/)
          .map(part => `<p>${escaped(part)}</p>`)
          .join('')
      : '') +
    `<table width="100%"><thead>${row(['Article', 'Name', 'Quantity', 'Unit', 'Net', 'Tax'], 'th')}</thead><tbody>` +
    `${lineRows.join('')}${totals.map(([word, amount]) => row(['', word, '', '', shown(amount), ''])).join('')}</tbody></table>` +
    (validUntil ? `<p>Valid until ${escaped(validUntil)}</p>` : '');
  return htmlPage({ title: 'Quote', body });
};
