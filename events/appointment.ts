import * as z from 'zod';
import { byCustomer, byStaff, bySystem, event, internal } from './define.ts';

export const AppointmentState = z.enum(['booked', 'completed', 'cancelled', 'noShow']);

const Data = z.object({
  typeId: z.string(),
  subject: z.string(),
  staffId: z.string(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  timeZone: z.string(),
  place: z.string().optional(),
});
const example = {
  typeId: 'test-drive',
  subject: 'Test drive',
  staffId: '5f0c',
  startsAt: '2026-12-02T02:00:00.000Z',
  endsAt: '2026-12-02T03:00:00.000Z',
  timeZone: 'Asia/Singapore',
} as const;

export const appointmentBooked = event('customers', 'appointment.booked', byCustomer, {
  summary: 'an appointment with a customer was booked',
  data: () => Data,
  example,
});

export const appointmentRescheduled = event('customers', 'appointment.rescheduled', byCustomer, {
  summary: 'an appointment was moved to another time or staff member',
  data: () => Data.extend({ from: z.iso.datetime() }),
  example: { ...example, from: '2026-12-01T02:00:00.000Z' },
});

export const appointmentCancelled = event('customers', 'appointment.cancelled', byCustomer, {
  summary: 'an appointment was cancelled',
  data: () => Data.extend({ reason: z.string().optional() }),
  example: { ...example, reason: 'is travelling' },
});

export const appointmentMissed = event('customers', 'appointment.missed', byCustomer, {
  summary: 'the customer did not come to an appointment',
  data: () => Data,
  example,
});

export const appointmentCompleted = event('customers', 'appointment.completed', byCustomer, {
  contact: 'in',
  summary: 'an appointment took place',
  data: () => Data.extend({ outcome: z.string().optional() }),
  example: { ...example, outcome: 'wants an offer' },
});

export const appointmentReminded = event('customers', 'appointment.reminded', bySystem, {
  summary: 'an appointment is near: one of the times before it that its type names has come',
  data: () => Data.extend({ before: z.string() }),
  example: { ...example, before: 'P1D' },
});

export const appointmentNear = event('timers', 'appointment.near', internal, {
  summary: 'a reminder of an appointment is due; it is made if the appointment is still at that time',
  data: () => z.object({ startsAt: z.iso.datetime(), before: z.string() }),
  example: { startsAt: '2026-12-02T02:00:00.000Z', before: 'P1D' },
});

export const appointmentTypeChanged = event('service', 'appointment-type.changed', byStaff, {
  summary: 'a type of appointments was defined or changed',
  data: () => z.object({ name: z.string() }),
  example: { name: 'Test drive' },
});
