/** the order in which a file writes day, month and year, where that cannot be seen */
export type DateOrder = 'dmy' | 'mdy';

const isDate = (text: string) => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** `YYYY-MM-DD` of a date as files write it: 2024-01-31, 20240131, 31/01/2024, 31.1.2024 …; undefined for other texts */
export const dateOf = (given: string, order: DateOrder): string | undefined => {
  const text = given.trim().replace(/[T ]\d{1,2}:\d\d.*$/, '');
  const dated = (year: string, month: string, day: string) =>
    `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const [, year, month, day] = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(text) ?? [];
  if (year && month && day) return [dated(year, month, day)].find(isDate);
  const [, first, second, last] = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text) ?? [];
  if (!first || !second || !last) return undefined;
  const readings = [dated(last, second, first), dated(last, first, second)];
  return (order === 'dmy' ? readings : readings.reverse()).find(isDate);
};

/** a time of day, in UTC unless it names an offset */
const timeOfDay = /[T ](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i;

export const instantOf = (text: string, order: DateOrder): string | undefined => {
  const date = dateOf(text, order);
  if (!date) return undefined;
  const [, hours = '00', minutes = '00', seconds = '00', zone = 'Z'] = timeOfDay.exec(text.trim()) ?? [];
  const offset = zone.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const time = Date.parse(`${date}T${hours.padStart(2, '0')}:${minutes}:${seconds}${offset}`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
};
