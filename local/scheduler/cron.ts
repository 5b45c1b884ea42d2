import { wallTime, whenWallShows } from './wall-time.ts';

type DayTest = (year: number, month: number, day: number) => boolean;
export type Cron = { minutes: number[]; hours: number[]; months: number[]; years: number[]; isDay: DayTest };

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const number = (text: string, names: string[] = []) => {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return named + 1;
  if (!/^\d+$/.test(text)) throw new Error(`not a number: ${text}`);
  return Number(text);
};

/** the values a field names: lists, ranges, steps, names */
const values = (field: string, low: number, high: number, names?: string[]) => {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step] = part.split('/');
    const [from, to] = range.split('-');
    const first = range === '*' ? low : number(from!, names);
    const alone = step === undefined && to === undefined && range !== '*';
    const last = to === undefined ? (alone ? first : high) : number(to, names);
    const by = step === undefined ? 1 : number(step);
    if (first < low || last > high || by < 1) throw new Error(`out of range: ${part}`);
    // FRI-MON goes round the end of the week
    const end = last < first ? last + (high - low + 1) : last;
    for (let value = first; value <= end; value += by) found.add(value > high ? value - (high - low + 1) : value);
  }
  return [...found].sort((a, b) => a - b);
};

const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();
const weekday = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;

/** the working day nearest to a day, without leaving the month */
const nearestWorkingDay = (year: number, month: number, wanted: number) => {
  const day = Math.min(wanted, lastDay(year, month));
  const falls = weekday(year, month, day);
  if (falls === 7) return day === 1 ? 3 : day - 1;
  if (falls === 1) return day === lastDay(year, month) ? day - 2 : day + 1;
  return day;
};

const dayOfMonth = (field: string): DayTest => {
  if (field === 'L') return (year, month, day) => day === lastDay(year, month);
  if (field === 'LW') return (year, month, day) => day === nearestWorkingDay(year, month, 31);
  const nearest = /^(\d+)W$/.exec(field);
  if (nearest) {
    const wanted = values(nearest[1]!, 1, 31)[0]!;
    return (year, month, day) => day === nearestWorkingDay(year, month, wanted);
  }
  const days = new Set(values(field, 1, 31));
  return (_year, _month, day) => days.has(day);
};

const dayOfWeek = (field: string): DayTest => {
  const [name, nth] = field.split('#');
  if (nth !== undefined) {
    const [wanted, which] = [values(name!, 1, 7, dayNames)[0], values(nth, 1, 5)[0]];
    return (year, month, day) => weekday(year, month, day) === wanted && Math.ceil(day / 7) === which;
  }
  if (/^.+L$/i.test(field)) {
    const wanted = values(field.slice(0, -1), 1, 7, dayNames)[0];
    return (year, month, day) => weekday(year, month, day) === wanted && day + 7 > lastDay(year, month);
  }
  const days = new Set(values(field === 'L' ? '7' : field, 1, 7, dayNames));
  return (year, month, day) => days.has(weekday(year, month, day));
};

/** Reads the six fields of AWS's `cron(minutes hours day-of-month month day-of-week year)`; throws what is wrong with them. */
export const parseCron = (fields: string): Cron => {
  const parts = fields.trim().split(/\s+/);
  if (parts.length !== 6) throw new Error('a cron expression has six fields');
  const [minute, hour, monthDay, month, weekDay, year] = parts as [string, string, string, string, string, string];
  if ((monthDay === '?') === (weekDay === '?')) throw new Error('one of day-of-month and day-of-week must be ?');
  return {
    minutes: values(minute, 0, 59),
    hours: values(hour, 0, 23),
    months: values(month, 1, 12, monthNames),
    years: values(year, 1970, 2199),
    isDay: monthDay === '?' ? dayOfWeek(weekDay) : dayOfMonth(monthDay),
  };
};

const daysFrom = function* ({ years, months, isDay }: Cron, start: Date) {
  for (const year of years) {
    if (year < start.getUTCFullYear()) continue;
    for (const month of months) {
      for (let day = 1; day <= lastDay(year, month); day++) {
        const midnight = Date.UTC(year, month - 1, day);
        if (midnight + 86_400_000 > start.getTime() && isDay(year, month, day)) yield midnight;
      }
    }
  }
};

/** The first time after `after` that matches in `zone`. Times that daylight saving skips are skipped, repeated ones come once. */
export const nextCron = (cron: Cron, after: number, zone: string): number | undefined => {
  const start = wallTime(after, zone) - 3_600_000;
  for (const midnight of daysFrom(cron, new Date(start))) {
    for (const hour of cron.hours) {
      // an hour and more ago cannot come again
      if (midnight + (hour + 1) * 3_600_000 < start) continue;
      for (const minute of cron.minutes) {
        const time = whenWallShows(midnight + (hour * 60 + minute) * 60_000, zone);
        if (time !== undefined && time > after) return time;
      }
    }
  }
};
