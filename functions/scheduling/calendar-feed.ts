import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import * as z from 'zod';
import { staff } from '../organisation/staff-member.ts';
import { linkInvalid } from '../service/errors.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { readToken, signedUrl } from '../shared/http/signed-link.ts';
import { created, save, updated } from '../shared/store/changes.ts';
import { everyRecord } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';
import { agendas, daysOf, longestHours, type Taken } from './agenda.ts';
import { type Appointment, appointments } from './appointment.ts';
import { calendarRoutes } from './appointment-routes.ts';

const FeedClaims = z.object({ purpose: z.literal('calendar'), tenant: z.string(), staffId: z.string() });

const mostEvents = 1000;

const statuses = {
  booked: ICalEventStatus.CONFIRMED,
  completed: ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
  noShow: ICalEventStatus.CONFIRMED,
};

/** RFC 5545; without the customer's name or address: a calendar file is read by whoever has its link */
const fileOf = (name: string, all: Appointment[]) => {
  const calendar = ical({ name, prodId: { company: 'Rapport', product: 'CRM' }, method: ICalCalendarMethod.PUBLISH });
  for (const { id, startsAt, endsAt, subject, place, state, version, updatedAt } of all) {
    calendar.createEvent({
      id: `${id}@rapport`,
      sequence: version - 1,
      stamp: updatedAt,
      start: startsAt,
      end: endsAt,
      summary: subject,
      status: statuses[state],
      ...(place ? { location: place } : {}),
    });
  }
  return calendar.toString();
};

const calendarOf = async ({ store, now }: { store: Store; now: string }, userId: string) => {
  const since = plus(now, '-P30D');
  const member = await store.need(staff, { id: userId });
  const all: Appointment[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list(appointments, 'staff', userId, { limit: 100, cursor });
    all.push(...page.items.filter(({ startsAt }) => startsAt >= since));
    cursor = page.items.at(-1) && page.items.at(-1)!.startsAt >= since ? (page.nextCursor ?? undefined) : undefined;
  } while (cursor && all.length < mostEvents);
  return fileOf(member.name, all);
};

/** the agendas of a period with the times of another calendar in place of what it had there */
const busyChanges = async (store: Store, now: string, staffId: string, given: Given) => {
  const id = `busy:${given.source}`;
  const times = given.times.map(([from, to]): Taken => ({ id, from, to }));
  const before = new Map<string, Awaited<ReturnType<typeof agendaOn>>>();
  const agendaOn = (day: string) => store.get(agendas, { staffId, day });
  const days = daysOf(given.from, given.to);
  for await (const agenda of everyRecord(store, agendas, ['agenda', staffId], {
    within: { from: days[0]!, to: `${days.at(-1)}~` },
  }))
    before.set(agenda.day, agenda);
  return days.flatMap(day => {
    const was = before.get(day);
    const inPeriod = (one: Taken) => one.id === id && one.from >= given.from && one.from < given.to;
    const left = (was?.taken ?? []).filter(one => !inPeriod(one));
    const taken = [...left, ...times.filter(one => daysOf(one.from, one.to).includes(day))];
    if (!was && !taken.length) return [];
    return [save(agendas, was, was ? updated(now, was, { taken }) : created(now, { staffId, day, taken }))];
  });
};

type Given = { source: string; from: string; to: string; times: [string, string][] };

const mustFit = ({ from, to, times }: Given) => {
  const faults = times.flatMap(([start, end], nth) => {
    const path = `times.${nth}`;
    if (start >= end) return [{ path, message: 'must end after it begins' }];
    if (Date.parse(end) - Date.parse(start) > longestHours * 3_600_000)
      return [{ path, message: `is longer than ${longestHours} hours: give a time for each day` }];
    return start < from || end > to ? [{ path, message: 'is not between from and to' }] : [];
  });
  if (faults.length) throw invalid(faults);
};

export const calendarHandlers = handlers(calendarRoutes, {
  readStaffCalendar: ({ params: { userId = '' } }, ctx) => calendarOf(ctx, userId),
  linkStaffCalendar: async ({ params: { userId: staffId = '' } }, { store, tenant, now }) => {
    await store.need(staff, { id: staffId });
    return { url: await signedUrl({ purpose: 'calendar', tenant, staffId }, now) };
  },
  readCalendarFeed: async ({ params: { token = '' } }, anonymous: Ctx) => {
    const claims = await readToken(FeedClaims, token, anonymous);
    if (!claims) throw linkInvalid();
    return calendarOf(anonymous.as(claims.tenant, `staff:${claims.staffId}`), claims.staffId);
  },
  putBusyTimes: async ({ params: { userId: staffId = '' }, body }, { store, now }) => {
    mustFit(body);
    await store.need(staff, { id: staffId });
    const changes = await busyChanges(store, now, staffId, body);
    return store.commit(changes, { staffId, times: body.times.length });
  },
});
