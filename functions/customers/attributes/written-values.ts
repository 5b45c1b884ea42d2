import { Currency, decimalsOf, Money } from '../../../events/money.ts';

type Digits = { whole: string; decimals: string };

const inGroups = /^\d{1,3}([.,]\d{3})*$/;

const ambiguous = 'is ambiguous: write it with a decimal point and as many decimals as its currency has';

/** the digits of a number, or why it is not a number or is ambiguous */
const read = (text: string, decimals: number): Digits | { fault?: string } => {
  const bare = text.replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/g, '');
  if (!/^\d[\d.,]*$/.test(bare)) return {};
  const at = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  if (at < 0) return { whole: bare, decimals: '' };
  const [mark = '', before, after] = [bare[at], bare.slice(0, at), bare.slice(at + 1)];
  const ungrouped = before.replace(/[.,]/g, '');
  const isSingle = after.length === 3 && ungrouped === before && inGroups.test(bare);
  if (isSingle && mark === ',' && decimals > 2) return { fault: ambiguous };
  const isGroup = after.length === 3 && inGroups.test(bare) && decimals !== 3;
  // databases write 450 as 450.000, people mean 450 thousand by it
  if (isGroup && mark === '.' && ungrouped === before) return { fault: ambiguous };
  if (before.includes(mark) || isGroup) return inGroups.test(bare) ? { whole: ungrouped + after, decimals: '' } : {};
  if (!after || (ungrouped !== before && !inGroups.test(before))) return {};
  return { whole: ungrouped, decimals: after };
};

/** minor units; undefined where there are fractions of them */
const minor = ({ whole, decimals }: Digits, most: number) => {
  if (/[1-9]/.test(decimals.slice(most))) return undefined;
  return Number(`${whole}${decimals.slice(0, most).padEnd(most, '0')}`);
};

const ofNumber = (value: number): Digits | { fault?: string } => {
  const [whole = '', decimals = ''] = String(value).split('.');
  return /^\d+$/.test(whole) && /^\d*$/.test(decimals) ? { whole, decimals } : {};
};

/** An amount as people write it, such as `SGD 129,900.00`, in minor units of the currency that it or its file names. */
export const parseAmount = (value: unknown, currency: string | undefined): { value: Money } | { fault: string } => {
  const text = String(value).trim();
  const [, first, number = text, last] = /^([A-Za-z]{3})?\s*([^A-Za-z]*?)\s*([A-Za-z]{3})?$/.exec(text) ?? [];
  const code = Currency.safeParse(first ?? last ?? currency);
  if (!code.success) return { fault: 'has no currency: map a column to currency, or set `currency` of the import' };
  const decimals = decimalsOf(code.data);
  const digits = typeof value === 'number' ? ofNumber(value) : read(number, decimals);
  const none = { fault: `is not an amount in ${code.data}` };
  if (!('whole' in digits)) return 'fault' in digits && digits.fault ? { fault: digits.fault } : none;
  const money = Money.safeParse({ amount: minor(digits, decimals), currency: code.data });
  return money.success ? { value: money.data } : none;
};

const ambiguousNumber = 'is ambiguous: write it without separators of thousands and with a decimal point';

/** a number as people write it, such as `1.234,56`, or why it is none */
export const parseNumber = (given: string, isWhole: boolean): { value: number } | { fault: string } => {
  const [, sign = '', text = ''] = /^([-−]?)(.*)$/s.exec(given.trim()) ?? [];
  const none = { fault: 'is not a number' };
  if (isWhole ? /^\d{1,3}\.\d{3}$/.test(text) : /^\d{1,3},\d{3}$/.test(text)) return { fault: ambiguousNumber };
  const isPlain = /^\d+(\.\d+)?$/.test(text);
  const digits = isPlain ? undefined : read(text, 2);
  if (digits && !('whole' in digits)) return none;
  const value = Number(digits ? `${digits.whole}.${digits.decimals || 0}` : text);
  return Number.isFinite(value) ? { value: sign ? -value : value } : none;
};

const truths: ReadonlySet<string> = new Set('y ja j oui vrai wahr sí si verdadero vero sim x on はい 是'.split(' '));
const falsehoods: ReadonlySet<string> = new Set('n nein non faux falsch falso não nao off いいえ 否'.split(' '));

/** true and false as people write them in a file */
export const parseTruth = (text: string) => {
  const word = text.trim().normalize('NFC').toLowerCase();
  if (truths.has(word)) return true;
  return falsehoods.has(word) ? false : undefined;
};

/** the items of a list in one text */
export const parseItems = (text: string) =>
  text
    .split(/[|;\n]/)
    .map(item => item.trim())
    .filter(Boolean);
