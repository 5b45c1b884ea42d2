import { profiles } from '../assignment/agent.ts';
import { type BusinessCalendar, calendars } from '../assignment/business-calendar.ts';
import { staff } from '../organisation/staff-member.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { allPages } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';
import { longestHours, takenOf } from './agenda.ts';
import { shownTime } from './appointment.ts';
import type { AppointmentType } from './appointment-type.ts';
import { slotTaken } from './errors.ts';
import { type Bookable, fits, freeSlots } from './free-time.ts';

const mostStaff = 50;
const mostDays = 62;

export type Candidate = Bookable & { timeZone: string };

const staffOf = async ({ staff: named, team = '' }: AppointmentType, store: Store): Promise<string[]> => {
  if (named) return named;
  const members = await allPages(cursor => store.list(staff, 'team', team, { limit: 100, cursor }), mostStaff);
  return members.slice(0, mostStaff).map(({ id }) => id);
};

const calendarsOf = async (store: Store, ids: (string | undefined)[]) => {
  const found = await Promise.all(ids.flatMap(id => (id ? [store.get(calendars, { id })] : [])));
  return found.filter((calendar): calendar is BusinessCalendar => calendar !== undefined);
};

type Window = { from: string; to: string; staffId?: string | undefined; without?: string | undefined };

/** who gives a type of appointments, with their hours and what their time is taken by in a period */
export const candidatesFor = async (type: AppointmentType, window: Window, store: Store): Promise<Candidate[]> => {
  const { staffId, without } = window;
  const all = await staffOf(type, store);
  if (staffId && !all.includes(staffId)) {
    throw invalid([{ path: 'staffId', message: `${staffId} does not give appointments of the type ${type.id}` }]);
  }
  const around = [plus(window.from, `-PT${longestHours}H`), plus(window.to, `PT${longestHours}H`)] as const;
  return Promise.all(
    (staffId ? [staffId] : all).map(async id => {
      const [profile, taken] = await Promise.all([store.get(profiles, { id }), takenOf(store, id, ...around)]);
      const hours = await calendarsOf(store, [...new Set([type.calendarId, profile?.calendarId])]);
      const left = taken.filter(one => one.id !== without);
      return { staffId: id, calendars: hours, taken: left, timeZone: hours[0]?.timeZone ?? 'UTC' };
    }),
  );
};

type Asked = { from?: string | undefined; to?: string | undefined; staffId?: string | undefined };

/** the period that slots are searched in */
const periodOf = ({ from, to }: Asked, now: string) => {
  const begin = !from || from < now ? now : from;
  const end = to ?? plus(begin, 'P7D');
  if (to && to <= (from ?? now)) throw invalid([{ path: 'to', message: 'must be after from and after now' }]);
  if (end > plus(begin, `P${mostDays}D`)) {
    throw invalid([{ path: 'to', message: `must be at most ${mostDays} days after from` }]);
  }
  return { from: begin, to: end };
};

export const bookableFor = (type: AppointmentType, asked: Asked, { store, now }: Ctx) =>
  candidatesFor(type, { ...periodOf(asked, now), staffId: asked.staffId }, store);

type Query = Asked & { timeZone?: string | undefined; limit: number; cursor?: string | undefined };

export const findSlots = (type: AppointmentType, candidates: Candidate[], query: Query, now: string) => {
  const { from, to } = periodOf(query, now);
  const begin = query.cursor && query.cursor > from ? query.cursor : from;
  const slots = freeSlots(candidates, type, [begin, to], query.limit + 1);
  const timeZone = query.timeZone ?? candidates[0]?.timeZone ?? 'UTC';
  const items = slots
    .slice(0, query.limit)
    .map(slot => ({ ...slot, local: shownTime(slot.startsAt, timeZone).replace(' ', 'T') }));
  return { items, nextCursor: slots[query.limit]?.startsAt ?? null };
};

type At = { startsAt: string; staffId?: string | undefined; preferred?: string; without?: string };

/** Who gets an appointment at a time: the preferred one if free, else who has the least to do; refused where nobody is free. */
export const whoIsFree = async (
  type: AppointmentType,
  { startsAt, staffId, preferred, without }: At,
  { store }: Ctx,
): Promise<Candidate> => {
  const candidates = await candidatesFor(type, { from: startsAt, to: startsAt, staffId, without }, store);
  const fitting = candidates.map(one => ({ one, ...fits(one, type, startsAt) }));
  const free = fitting.filter(({ isFree }) => isFree).map(({ one }) => one);
  const chosen = free.find(one => one.staffId === preferred) ?? free.sort((a, b) => a.taken.length - b.taken.length)[0];
  if (chosen) return chosen;
  if (fitting.some(({ isOpen }) => isOpen)) throw slotTaken();
  const message = `is outside the hours of ${staffId ?? type.name}: choose one of GET /v1/slots?typeId=${type.id}`;
  throw invalid([{ path: 'startsAt', message }]);
};
