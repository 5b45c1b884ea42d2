import { Currency, Money } from '../../../events/money.ts';

type Kept = { value: Money } | { fault: string };

/** a number's whole part, and what is behind its point */
type Digits = { whole: string; behind: string };

/** digits behind the point of a currency's amounts */
const digitsOf = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

const inGroups = /^\d{1,3}([.,]\d{3})*$/;

const twoWays = 'could be read in two ways: write it with as many decimals as its currency has';

/** the digits of a number; or that it is none, or why it could be two */
const read = (text: string, digits: number): Digits | { fault?: string } => {
  const bare = text.replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/g, '');
  if (!/^\d[\d.,]*$/.test(bare)) return {};
  const at = Math.max(bare.lastIndexOf('.'), bare.lastIndexOf(','));
  if (at < 0) return { whole: bare, behind: '' };
  const [mark = '', before, behind] = [bare[at], bare.slice(0, at), bare.slice(at + 1)];
  const ungrouped = before.replace(/[.,]/g, '');
  const isGroup = behind.length === 3 && inGroups.test(bare) && digits !== 3;
  // 450.000 is what databases write of 450, and people of 450 thousand
  if (isGroup && mark === '.' && ungrouped === before) return { fault: twoWays };
  if (before.includes(mark) || isGroup) return inGroups.test(bare) ? { whole: ungrouped + behind, behind: '' } : {};
  if (!behind || (ungrouped !== before && !inGroups.test(before))) return {};
  return { whole: ungrouped, behind };
};

/** minor units, without a detour over fractions; undefined where there are fractions of them */
const minor = ({ whole, behind }: Digits, digits: number) => {
  if (/[1-9]/.test(behind.slice(digits))) return undefined;
  return Number(`${whole}${behind.slice(0, digits).padEnd(digits, '0')}`);
};

/** numbers of JSON have one form */
const ofNumber = (value: number): Digits | { fault?: string } => {
  const [whole = '', behind = ''] = String(value).split('.');
  return /^\d+$/.test(whole) && /^\d*$/.test(behind) ? { whole, behind } : {};
};

/** An amount as people write it, such as `SGD 129,900.00`, in minor units of the currency that it or its file names. */
export const writtenAmount = (value: unknown, currency: string | undefined): Kept => {
  const text = String(value).trim();
  const [, first, number = text, last] = /^([A-Za-z]{3})?\s*([^A-Za-z]*?)\s*([A-Za-z]{3})?$/.exec(text) ?? [];
  const code = Currency.safeParse(first ?? last ?? currency);
  if (!code.success) return { fault: 'names no currency: map a column to currency, or say it of the file' };
  const digits = digitsOf(code.data);
  const found = typeof value === 'number' ? ofNumber(value) : read(number, digits);
  const none = { fault: `is not an amount in ${code.data}` };
  if (!('whole' in found)) return 'fault' in found && found.fault ? { fault: found.fault } : none;
  const money = Money.safeParse({ amount: minor(found, digits), currency: code.data });
  return money.success ? { value: money.data } : none;
};
