import { Currency } from '../../../events/money.ts';
import { type DateOrder, dateOf } from '../../cleaning/dates.ts';
import { normalisePhone } from '../../customers/phone.ts';
import type { CellKind } from '../../shared/imports/importable.ts';
import { isEmail, normaliseEmail } from '../../shared/text/email.ts';

type How = { country?: string | undefined; dates: DateOrder };
type Kept = { value: unknown } | { fault: string };

/** a time of day, in UTC unless it says otherwise */
const timeOfDay = /[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i;

/** An instant as files write it: a date, with or without a time of day. */
export const instantOf = (text: string, order: DateOrder): string | undefined => {
  const date = dateOf(text, order);
  if (!date) return undefined;
  const [, hours = '00', minutes = '00', seconds = '00', zone = 'Z'] = timeOfDay.exec(text.trim()) ?? [];
  const offset = zone.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const time = Date.parse(`${date}T${hours.padStart(2, '0')}:${minutes}:${seconds}${offset}`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
};

const orFault = (value: unknown, fault: string): Kept => (value === undefined ? { fault } : { value });

/** how what stands in a cell is kept, or why it cannot be */
export const keptCell: Record<Exclude<CellKind, 'money'>, (value: unknown, how: How) => Kept> = {
  text: value => ({ value: String(value).trim() }),
  word: value => ({ value: String(value).trim().toLowerCase() }),
  email: value => {
    const email = normaliseEmail(String(value));
    return orFault(isEmail(email) ? email : undefined, 'is not an e-mail address');
  },
  phone: (value, { country }) =>
    orFault(normalisePhone(String(value), country), `is not a valid phone number${country ? ` in ${country}` : ''}`),
  date: (value, { dates }) => orFault(dateOf(String(value), dates), 'is not a date'),
  instant: (value, { dates }) => orFault(instantOf(String(value), dates), 'is not a date or time'),
  whole: value => {
    const text = String(value).trim();
    return orFault(/^\d{1,15}(\.0+)?$/.test(text) ? Number(text) : undefined, 'is not a whole number');
  },
  currency: value => {
    const found = Currency.safeParse(String(value));
    return found.success ? { value: found.data } : { fault: 'is not a currency: three letters, ISO 4217' };
  },
  list: value => (Array.isArray(value) ? { value } : { fault: 'is not a list' }),
};
