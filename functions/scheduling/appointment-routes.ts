import * as z from 'zod';
import { AppointmentState } from '../../events/appointment.ts';
import { CustomerId } from '../../events/ids.ts';
import { Key, line, TimeZone, UserId } from '../shared/fields.ts';
import { creates, Instant, lists, paging, route } from '../shared/http/contract.ts';
import { AnyInstant, Appointment, AppointmentFields } from './appointment.ts';
import { AppointmentType, AppointmentTypeFields } from './appointment-type.ts';
import { appointmentAhead, appointmentClosed, appointmentTooLate, slotTaken } from './errors.ts';

const read = { scope: 'activities.read' } as const;
const write = { scope: 'activities.write' } as const;

const Shown = Appointment.omit({ takes: true });

const SlotQuestion = z.strictObject({
  typeId: Key,
  from: AnyInstant.optional().describe('default: now'),
  to: AnyInstant.optional().describe('exclusive; default: 7 days later, at most 62'),
  timeZone: TimeZone.optional().describe('that `local` is shown in; default: that of the hours'),
  staffId: UserId.optional(),
  limit: paging.limit.default(100),
  cursor: paging.cursor,
});

const Slot = z.object({
  startsAt: Instant,
  endsAt: Instant,
  local: z.string().describe('the beginning as a clock in the time zone shows it'),
  staff: z.array(UserId).describe('who is free then, the one with the fewest bookings first'),
});

const slots = (staff: boolean) => ({
  query: SlotQuestion,
  reply: z.object({ items: z.array(staff ? Slot : Slot.omit({ staff: true })), nextCursor: z.string().nullable() }),
});

const at = {
  startsAt: AnyInstant,
  staffId: UserId.optional().describe('default: who is free, the one with the fewest bookings'),
  timeZone: TimeZone.optional().describe('that messages show; default: that of the customer, or of the hours'),
};

const why = z.strictObject({ reason: line(500).optional() });
const example = { startsAt: '2026-12-02T02:00:00Z' };

export const appointmentRoutes = {
  putAppointmentType: route('PUT /v1/appointment-types/{id}', {
    summary: 'Define what can be booked: how long it takes, with whom, in which hours, with which reminders',
    scope: 'settings.write',
    body: AppointmentTypeFields,
    reply: AppointmentType,
    location: ({ id }) => `/v1/appointment-types/${id}`,
    example: {
      name: 'Test drive',
      durationMinutes: 45,
      everyMinutes: 15,
      bufferMinutes: { after: 15 },
      staff: ['5f0c'],
      reminders: [{ before: 'P1D' }],
    },
  }),
  listAppointmentTypes: route('GET /v1/appointment-types', {
    summary: 'List the types of appointments, by id',
    ...read,
    ...lists(AppointmentType),
  }),
  readAppointmentType: route('GET /v1/appointment-types/{id}', {
    summary: 'Read a type of appointments',
    ...read,
    reply: AppointmentType,
  }),
  findSlots: route('GET /v1/slots', {
    summary: 'Find the free slots for a type of appointments, the earliest first',
    ...read,
    ...slots(true),
  }),
  bookAppointment: route('POST /v1/appointments', {
    summary: 'Book an appointment for a customer, at a slot or any other free time',
    ...write,
    body: z.strictObject({ typeId: Key, customerId: CustomerId, ...at, ...AppointmentFields.shape }),
    reply: Shown,
    ...creates('/v1/appointments'),
    errors: [slotTaken],
    example: { typeId: 'test-drive', customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z', ...example },
  }),
  listAppointments: route('GET /v1/appointments', {
    summary: 'List the appointments of a customer or a staff member, the latest first',
    ...read,
    ...lists(Shown, {
      customerId: CustomerId.optional(),
      staffId: UserId.optional(),
      state: AppointmentState.optional(),
    }),
  }),
  readAppointment: route('GET /v1/appointments/{id}', { summary: 'Read an appointment', ...read, reply: Shown }),
  rescheduleAppointment: route('POST /v1/appointments/{id}/reschedule', {
    summary: 'Move an appointment to another time, or give it to another staff member',
    ...write,
    body: z.strictObject(at),
    reply: Shown,
    errors: [slotTaken, appointmentClosed],
    example,
  }),
  cancelAppointment: route('POST /v1/appointments/{id}/cancel', {
    summary: 'Cancel an appointment; its time is free again',
    ...write,
    body: why,
    reply: Shown,
    errors: [appointmentClosed],
    example: { reason: 'is travelling' },
  }),
  missAppointment: route('POST /v1/appointments/{id}/no-show', {
    summary: 'Report that the customer did not come',
    ...write,
    reply: Shown,
    errors: [appointmentClosed, appointmentAhead],
  }),
  completeAppointment: route('POST /v1/appointments/{id}/complete', {
    summary: 'Report that an appointment took place, and what came of it',
    ...write,
    body: z.strictObject({ outcome: line(500).optional() }),
    reply: Shown,
    errors: [appointmentClosed, appointmentAhead],
    example: { outcome: 'wants an offer' },
  }),
};

const mine = { auth: 'customer' } as const;
/** an appointment as its customer sees it */
export const MyAppointment = Shown.omit({ by: true, note: true, outcome: true });

export const myAppointmentRoutes = {
  findMySlots: route('GET /v1/me/slots', {
    summary: 'Find the free slots that the customer can book',
    ...mine,
    ...slots(false),
  }),
  listMyAppointmentTypes: route('GET /v1/me/appointment-types', {
    summary: 'List what the customer can book',
    ...mine,
    ...lists(AppointmentType.pick({ id: true, name: true, durationMinutes: true, place: true })),
  }),
  listMyAppointments: route('GET /v1/me/appointments', {
    summary: 'List the customer’s own appointments',
    ...mine,
    ...lists(MyAppointment),
  }),
  bookMyAppointment: route('POST /v1/me/appointments', {
    summary: 'Book a slot',
    ...mine,
    body: z.strictObject({ typeId: Key, startsAt: AnyInstant, timeZone: TimeZone.optional() }),
    reply: MyAppointment,
    ...creates('/v1/me/appointments'),
    errors: [slotTaken],
    example: { typeId: 'test-drive', ...example },
  }),
  rescheduleMyAppointment: route('POST /v1/me/appointments/{id}/reschedule', {
    summary: 'Move an own appointment to another slot',
    ...mine,
    body: z.strictObject({ startsAt: AnyInstant, timeZone: TimeZone.optional() }),
    reply: MyAppointment,
    errors: [slotTaken, appointmentClosed, appointmentTooLate],
    example,
  }),
  cancelMyAppointment: route('POST /v1/me/appointments/{id}/cancel', {
    summary: 'Cancel an own appointment',
    ...mine,
    body: why,
    reply: MyAppointment,
    errors: [appointmentClosed, appointmentTooLate],
    example: {},
  }),
};

const ics = { produces: 'text/calendar; charset=utf-8', reply: z.string() } as const;

export const calendarRoutes = {
  readStaffCalendar: route('GET /v1/staff/{userId}/calendar.ics', {
    summary: 'Read the appointments and visits of a staff member as an iCalendar file (RFC 5545), from 30 days ago on',
    ...read,
    ...ics,
  }),
  linkStaffCalendar: route('POST /v1/staff/{userId}/calendar-link', {
    summary: 'Make a link by which a calendar application subscribes to that file; revoking link keys ends it',
    ...write,
    reply: z.object({ url: z.string() }),
    status: 201,
  }),
  readCalendarFeed: route('GET /v1/calendar-feed/{token}', {
    summary: 'The iCalendar file of a staff member, by such a link',
    auth: 'link',
    ...ics,
  }),
  putBusyTimes: route('PUT /v1/staff/{userId}/busy', {
    summary: 'Replace what another calendar takes of a staff member’s time in a period; it is not offered for booking',
    ...write,
    body: z
      .strictObject({
        source: Key.describe('which calendar, such as outlook'),
        from: AnyInstant,
        to: AnyInstant.describe('exclusive, at most 40 days after `from`'),
        times: z.array(z.tuple([AnyInstant, AnyInstant])).max(500),
      })
      .refine(({ from, to }) => from < to && Date.parse(to) - Date.parse(from) <= 40 * 86_400_000, {
        path: ['to'],
        message: 'must be after from, by 40 days at most',
      }),
    reply: z.object({ staffId: UserId, times: z.int() }),
    example: {
      source: 'outlook',
      from: '2026-12-01T00:00:00Z',
      to: '2026-12-08T00:00:00Z',
      times: [['2026-12-02T02:00:00Z', '2026-12-02T03:00:00Z']],
    },
  }),
};
