import { decimalsOf } from '../../../events/money.ts';
import { branded, filled, type Words } from '../../consent/page.ts';
import type { PreferenceSettings } from '../../consent/preference-settings.ts';
import { decimalText, exact, tenTo } from '../../shared/exact.ts';
import { escaped } from '../../shared/http/html-page.ts';
import type { Quote } from './quote.ts';

/** What a quote is shown with: its customer's name, the names of its articles, and the look and language of the page. */
export type Shown = {
  quote: Quote;
  customer: string;
  names: ReadonlyMap<string, string>;
  words: Words;
  settings: PreferenceSettings | undefined;
};

/** how people write amounts, quantities and days in a language */
export const formatsOf = ({ words: { locale = 'en' }, quote: { currency } }: Shown) => {
  const language = locale.replaceAll('_', '-');
  const options = { style: 'currency', currency } as const;
  const money = new Intl.NumberFormat(language, options);
  const digits = decimalsOf(currency);
  return {
    amount: (minor: number) => money.format(decimalText(exact(BigInt(minor), tenTo(digits)), digits) as `${number}`),
    count: (quantity: string | number) => new Intl.NumberFormat(language).format(String(quantity) as `${number}`),
    day: (day: string) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`)),
  };
};

export type Row = { cells: string[]; kind: 'line' | 'discount' | 'total' };

/** the table of a quote: without floors, and without how prices came about */
export const tableOf = (shown: Shown): { head: string[]; rows: Row[] } => {
  const { quote, names, words } = shown;
  const { amount, count } = formatsOf(shown);
  const nameOf = (sku: string) => names.get(sku) ?? sku;
  const lines = quote.lines.flatMap(({ sku, quantity, unit, free, net, discounts }): Row[] => [
    { kind: 'line', cells: [nameOf(sku), count(quantity), amount(unit), amount(net)] },
    ...discounts.map((one): Row => ({ kind: 'discount', cells: [one.code ?? one.id, '', '', amount(-one.amount)] })),
    ...(free ? [{ kind: 'line' as const, cells: [`${nameOf(sku)} (${words.quoteFree})`, count(free), '', ''] }] : []),
  ]);
  const total = (word: string, minor: number): Row => ({ kind: 'total', cells: [word, '', '', amount(minor)] });
  const { net, tax, gross, payments = [], due } = quote;
  const cards = payments.map(one => total(words.quoteGiftCard.replace('…', `•••${one.code.slice(-4)}`), -one.amount));
  return {
    head: [words.quoteArticle, words.quoteQuantity, words.quoteUnit, words.quoteNet],
    rows: [
      ...lines,
      total(words.quoteNet, net),
      total(words.quoteTax, tax),
      total(words.quoteTotal, gross),
      ...(cards.length && due !== undefined ? [...cards, total(words.quoteDue, due)] : []),
    ],
  };
};

export const titleOf = ({ quote: { id, number }, words }: Shown) => words.quoteTitle.replace('…', number ?? id).trim();

/** the lines above and below the table, as plain texts */
export const textsOf = (shown: Shown) => {
  const { quote, words, customer } = shown;
  const { revision, text, validUntil } = quote;
  return {
    above: [customer, words.quoteRevision.replace('…', String(revision)), ...(text?.split(/\n+/) ?? [])].filter(
      Boolean,
    ),
    below: validUntil ? [words.quoteValid.replace('…', formatsOf(shown).day(validUntil))] : [],
  };
};

const rowOf = (cells: string[], tag: 'td' | 'th') =>
  `<tr>${cells.map((cell, nth) => `<${tag}${nth ? ' class="amount"' : ''}>${escaped(cell)}</${tag}>`).join('')}</tr>`;

const paragraphs = (texts: string[]) => texts.map(text => `<p>${escaped(text)}</p>`).join('');

/** The page of a quote, for its customer; `answer`: what can be answered, which is not printed. */
export const quotePage = (shown: Shown, { answer = '', status = 200 }: { answer?: string; status?: number } = {}) => {
  const { head, rows } = tableOf(shown);
  const { above, below } = textsOf(shown);
  const table = `<table><thead>${rowOf(head, 'th')}</thead><tbody>${rows.map(({ cells }) => rowOf(cells, 'td')).join('')}</tbody></table>`;
  const { words, settings } = shown;
  return branded(
    { words, settings },
    { status, title: titleOf(shown), body: `${paragraphs(above)}${table}${paragraphs(below)}${answer}` },
  );
};

const notice = (html: string) => `<p role="status">${html}</p>`;

/** what a customer can do with a quote in its state, or what became of it; `missing`: no name was given */
export const answerForms = (
  { quote: { state, acceptedBy = '' }, words }: Shown,
  { path, isOver, missing }: { path: string; isOver: boolean; missing: boolean },
) => {
  if (state === 'accepted') return notice(filled(words.quoteAccepted, escaped(acceptedBy)));
  if (state === 'declined') return notice(escaped(words.quoteDeclined));
  if (state === 'revised') return notice(escaped(words.quoteRevised));
  if (state !== 'sent' || isOver) return notice(escaped(words.quoteOver));
  const form = (verb: string, content: string) =>
    `<form method="post" action="${escaped(`${path}/${verb}`)}"><fieldset>${content}</fieldset></form>`;
  const name = `<label for="name">${escaped(words.quoteName)}</label><input id="name" name="name" autocomplete="name" maxlength="200" required>`;
  const reason = `<label for="reason">${escaped(words.quoteReason)}</label><textarea id="reason" name="reason" rows="2" maxlength="500"></textarea>`;
  return (
    (missing ? notice(escaped(words.quoteNameMissing)) : '') +
    form('accept', `${name}<p><button type="submit">${escaped(words.quoteAccept)}</button></p>`) +
    form('decline', `${reason}<button class="second" type="submit">${escaped(words.quoteDecline)}</button>`)
  );
};
