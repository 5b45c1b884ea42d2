import {
  appointmentBooked,
  appointmentCancelled,
  appointmentCompleted,
  appointmentMissed,
  appointmentRescheduled,
  appointmentTypeChanged,
} from '../../events/appointment.ts';
import { newId } from '../../events/ids.ts';
import { calendars } from '../assignment/business-calendar.ts';
import { templates } from '../content/template.ts';
import { needCustomer } from '../customers/reads.ts';
import { teams } from '../organisation/team.ts';
import { Key } from '../shared/fields.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { type Change, created, eventOf, insert, update, updated } from '../shared/store/changes.ts';
import { listShared } from '../shared/store/record-page.ts';
import { changeById, having, putById, readById } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { agendaChanges } from './agenda.ts';
import {
  type Appointment,
  appointments,
  isBooked,
  messageAbout,
  reminderTimers,
  timeOf,
  timesAt,
} from './appointment.ts';
import { appointmentRoutes } from './appointment-routes.ts';
import { type AppointmentType, appointmentTypes } from './appointment-type.ts';
import { bookableFor, findSlots, whoIsFree } from './bookable.ts';
import { appointmentAhead, appointmentClosed } from './errors.ts';
import { mustExist } from './must-exist.ts';

const mustFit = ({ calendarId, team, confirmation, reminders }: AppointmentType, { store }: Ctx) =>
  mustExist([
    { path: 'calendarId', what: 'calendar', id: calendarId, find: id => store.get(calendars, { id }) },
    { path: 'team', what: 'team', id: team, find: id => store.get(teams, { id }) },
    ...[confirmation, ...reminders.map(({ templateId }) => templateId)].map((id, nth) => ({
      ...{ path: nth ? `reminders.${nth - 1}.templateId` : 'confirmation', what: 'template', id },
      find: (id: string) => store.get(templates, { id: id as never }),
    })),
  ]);

/** the message that confirms a booking or a move */
export const confirmation = async (
  appointment: Appointment,
  type: AppointmentType,
  store: Store,
): Promise<Change[]> => {
  const template = type.confirmation && (await store.get(templates, { id: type.confirmation }));
  return template ? [messageAbout(appointment, template, `confirmation ${appointment.startsAt}`)] : [];
};

export type When = { startsAt: string; staffId?: string | undefined; timeZone?: string | undefined };

type Booking = When &
  Pick<Appointment, 'customerId'> &
  Partial<Pick<Appointment, 'subject' | 'note' | 'place' | 'relatedTo'>>;

/** An appointment, with the changes that take its time: who decided on the agendas as they were loses to a faster one. */
export const book = async (type: AppointmentType, { startsAt, staffId, ...given }: Booking, ctx: Ctx) => {
  const { now, store, actor } = ctx;
  const [customer, chosen] = await Promise.all([
    needCustomer(store, given.customerId),
    whoIsFree(type, { startsAt, staffId }, ctx),
  ]);
  const id = newId('appointment', now);
  const timeZone = given.timeZone ?? customer.timeZone ?? chosen.timeZone;
  const own = { id, typeId: type.id, customerId: customer.id, staffId: chosen.staffId, timeZone, by: actor };
  const shown = { subject: given.subject ?? type.name, ...(type.place ? { place: type.place } : {}) };
  const appointment: Appointment = created(now, {
    ...shown,
    ...given,
    ...own,
    ...timesAt(id, type, startsAt),
    subject: shown.subject,
    state: 'booked' as const,
  });
  const changes = [
    insert(appointments, appointment),
    ...(await agendaChanges(store, now, { taken: [timeOf(appointment)] })),
    eventOf(appointmentBooked, appointment),
    ...reminderTimers(appointment, type, now),
    ...(await confirmation(appointment, type, store)),
  ];
  return { appointment, changes };
};

const mustBeBooked = (appointment: Appointment) => {
  if (!isBooked(appointment)) throw appointmentClosed(`The appointment is ${appointment.state}. Book another one.`);
};

export const move = async (before: Appointment, { startsAt, staffId, timeZone }: When, ctx: Ctx) => {
  mustBeBooked(before);
  const { now, store } = ctx;
  const type = await store.need(appointmentTypes, { id: before.typeId });
  const chosen = await whoIsFree(type, { startsAt, staffId, preferred: before.staffId, without: before.id }, ctx);
  const times = {
    ...timesAt(before.id, type, startsAt),
    staffId: chosen.staffId,
    timeZone: timeZone ?? before.timeZone,
  };
  const after = updated(now, before, times);
  const changes = [
    update(appointments, before, after),
    ...(await agendaChanges(store, now, { freed: [timeOf(before)], taken: [timeOf(after)] })),
    eventOf(appointmentRescheduled, after, { from: before.startsAt }),
    ...reminderTimers(after, type, now),
    ...(await confirmation(after, type, store)),
  ];
  return { after, changes };
};

export const cancel = async (before: Appointment, { reason }: { reason?: string | undefined }, { now, store }: Ctx) => {
  mustBeBooked(before);
  const after = updated(now, before, { state: 'cancelled', ...(reason ? { reason } : {}) });
  const freed = await agendaChanges(store, now, { freed: [timeOf(before)] });
  return { after, changes: [update(appointments, before, after), ...freed, eventOf(appointmentCancelled, after)] };
};

const mustHaveBegun = (before: Appointment, now: string) => {
  mustBeBooked(before);
  if (before.startsAt > now) throw appointmentAhead(`The appointment begins at ${before.startsAt}. Cancel it or wait.`);
};

export const appointmentHandlers = handlers(appointmentRoutes, {
  putAppointmentType: putById(appointmentTypes, Key, {
    check: async (given, ctx) => {
      await mustFit(given as AppointmentType, ctx);
      return undefined;
    },
    changes: type => [eventOf(appointmentTypeChanged, type)],
  }),
  listAppointmentTypes: listShared(appointmentTypes),
  readAppointmentType: readById(appointmentTypes),
  findSlots: async ({ query }, ctx) => {
    const type = await ctx.store.need(appointmentTypes, { id: query.typeId });
    return findSlots(type, await bookableFor(type, query, ctx), query, ctx.now);
  },
  bookAppointment: async ({ body: { typeId, ...booking } }, ctx) => {
    if (booking.startsAt < ctx.now) throw invalid([{ path: 'startsAt', message: 'is in the past' }]);
    const type = await ctx.store.get(appointmentTypes, { id: typeId });
    if (!type) throw invalid([{ path: 'typeId', message: `the appointment type ${typeId} does not exist` }]);
    const { appointment, changes } = await book(type, booking, ctx);
    return ctx.store.commit(changes, appointment);
  },
  listAppointments: async ({ query: { customerId, staffId, state, ...paging } }, { store }) => {
    const keep = having<Appointment>({ state, staffId });
    if (customerId) {
      const { id } = await needCustomer(store, customerId);
      return store.list(appointments, 'customer', id, { ...paging, keep });
    }
    if (!staffId) throw invalid([{ path: 'customerId', message: 'give customerId or staffId' }]);
    return store.list(appointments, 'staff', staffId, { ...paging, keep });
  },
  readAppointment: readById(appointments),
  rescheduleAppointment: changeById(appointments, (before, when: When, ctx) => {
    if (when.startsAt < ctx.now) throw invalid([{ path: 'startsAt', message: 'is in the past' }]);
    return move(before, when, ctx);
  }),
  cancelAppointment: changeById(appointments, cancel),
  missAppointment: changeById(appointments, (before, _, { now }) => {
    mustHaveBegun(before, now);
    const after = updated(now, before, { state: 'noShow' });
    return { after, changes: [update(appointments, before, after), eventOf(appointmentMissed, after)] };
  }),
  completeAppointment: changeById(appointments, (before, { outcome }: { outcome?: string | undefined }, { now }) => {
    mustHaveBegun(before, now);
    const after = updated(now, before, { state: 'completed', ...(outcome ? { outcome } : {}) });
    return { after, changes: [update(appointments, before, after), eventOf(appointmentCompleted, after)] };
  }),
});
