import { Currency, Money } from '../../../../events/money.ts';

type Kept = { value: Money } | { fault: string };

/** digits behind the point of a currency's amounts */
const digitsOf = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** `1234.5` of 1,234.50 or 1.234,50; undefined for what is no number, or could be two */
const plain = (text: string, digits: number): string | undefined => {
  const bare = text.replace(/[\s'’]/g, '');
  if (!/^\d[\d.,]*$/.test(bare)) return undefined;
  const at = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  if (at < 0) return bare;
  const [mark = '', before, behind] = [bare[at], bare.slice(0, at), bare.slice(at + 1)];
  const grouped = /^\d{1,3}([.,]\d{3})*$/;
  const isRepeated = before.includes(mark);
  if (behind.length === 3 && grouped.test(bare) && (isRepeated || digits !== 3)) return bare.replace(/[.,]/g, '');
  if (isRepeated || behind.length > digits || !behind) return undefined;
  const other = mark === '.' ? ',' : '.';
  if (before.includes(other) && !grouped.test(before)) return undefined;
  return `${before.replaceAll(other, '')}.${behind}`;
};

/** minor units of a plain number, without a detour over fractions */
const minor = (number: string, digits: number) => {
  const [whole = '', fraction = ''] = number.split('.');
  return Number(`${whole}${fraction.padEnd(digits, '0')}`);
};

/** An amount as people write it, such as `SGD 129,900.00`, in minor units of the currency that it or its file names. */
export const writtenAmount = (value: unknown, currency: string | undefined): Kept => {
  const text = String(value).trim();
  const [, first, number = text, last] = /^([A-Za-z]{3})?\s*([^A-Za-z]*?)\s*([A-Za-z]{3})?$/.exec(text) ?? [];
  const code = Currency.safeParse(first ?? last ?? currency);
  if (!code.success) return { fault: 'names no currency: map a column to currency, or say it of the file' };
  const digits = digitsOf(code.data);
  const found = plain(number, digits);
  if (found === undefined) return { fault: `is not an amount in ${code.data}` };
  const money = Money.safeParse({ amount: minor(found, digits), currency: code.data });
  return money.success ? { value: money.data } : { fault: `is not an amount in ${code.data}` };
};
