/** the order in which a text writes day, month and year, where that cannot be seen */
export type DateOrder = 'dmy' | 'mdy';

const isDate = (text: string) => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

const two = (part = '') => part.padStart(2, '0');

/** `YYYY-MM-DD` of a date as people write it: 2024-01-31, 20240131, 31/01/2024, 31.1.2024 …; undefined: not a date */
export const dateOf = (given: string, order: DateOrder): string | undefined => {
  const text = given.trim().replace(/[T ]\d{1,2}:\d\d.*$/, '');
  const [, year, month, day] = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(text) ?? [];
  if (year) return [`${year}-${two(month)}-${two(day)}`].find(isDate);
  const [, first, second, last] = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text) ?? [];
  const orders = [`${last}-${two(second)}-${two(first)}`, `${last}-${two(first)}-${two(second)}`];
  return (order === 'dmy' ? orders : orders.reverse()).find(isDate);
};

const oldestAge = 120;

export const canBeBorn = (date: string, now: string) => {
  const today = now.slice(0, 10);
  return isDate(date) && date <= today && Number(today.slice(0, 4)) - Number(date.slice(0, 4)) <= oldestAge;
};

/** The probable date of birth behind an impossible one: day and month swapped, or the century lost. */
export const likelyBirthday = (date: string, now: string): string | undefined => {
  if (canBeBorn(date, now)) return undefined;
  const [year = '', month = '', day = ''] = date.split('-');
  const inCentury = ['20', '19'].map(century => `${century}${year.slice(2)}-${month}-${day}`);
  const candidates = Number(year) < 100 ? inCentury : [`${year}-${day}-${month}`];
  return candidates.find(candidate => canBeBorn(candidate, now));
};
