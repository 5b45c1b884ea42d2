import * as z from 'zod';
import { AppointmentState, appointmentNear } from '../../events/appointment.ts';
import { CustomerId, idOf } from '../../events/ids.ts';
import { messageRequested } from '../../events/message.ts';
import type { Template } from '../content/template.ts';
import { AnyId, Key, line, prose, TimeZone, UserId } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { type Change, emit, schedule } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { minus } from '../shared/time/duration.ts';
import { wallClock } from '../shared/time/zone.ts';
import { agendaChanges } from './agenda.ts';
import type { AppointmentType } from './appointment-type.ts';
import { takes } from './free-time.ts';

/** an instant of any offset, in UTC */
export const AnyInstant = z.iso
  .datetime({ offset: true, error: 'is not an instant such as 2026-02-28T09:30:00Z or 2026-02-28T17:30:00+08:00' })
  .overwrite(at => new Date(at).toISOString());

export const AppointmentFields = z.strictObject({
  subject: line(300).describe('default: the name of the type').optional(),
  note: prose(2000).optional(),
  place: line(300).optional(),
  relatedTo: AnyId.describe('the related case, opportunity, order or other record').optional(),
});

/** A time of a staff member that a customer has. */
export const Appointment = z.object({
  id: idOf('appointment'),
  typeId: Key,
  customerId: CustomerId,
  staffId: UserId,
  ...AppointmentFields.shape,
  subject: line(300),
  startsAt: Instant,
  endsAt: Instant,
  timeZone: TimeZone.describe('That the customer sees.'),
  state: AppointmentState,
  outcome: line(500).optional(),
  reason: line(500).optional(),
  /** as it was booked: its time and the buffers around it */
  takes: z.object({ from: Instant, to: Instant }),
  by: z.string(),
  ...stamps,
});
export type Appointment = z.output<typeof Appointment>;

export const isBooked = ({ state }: Pick<Appointment, 'state'>) => state === 'booked';

export const appointments = entity('appointment', Appointment, {
  onMerge: 'follow',
  // its time is given back
  onErase: async (value, { store, now }) => ({
    changes: isBooked(value) ? await agendaChanges(store, now, { freed: [timeOf(value)] }) : [],
  }),
  owner: ({ customerId }) => customerId,
  fact: { record: 'appointment', shown: Appointment.omit({ takes: true }) },
  lists: {
    customer: { by: ({ customerId }) => customerId, sort: ({ startsAt }) => startsAt },
    staff: { by: ({ staffId }) => staffId, sort: ({ startsAt }) => startsAt },
  },
});

/** the time of an appointment on the agendas of its staff member */
export const timeOf = ({ id, staffId, takes }: Appointment) => ({ staffId, taken: { id, ...takes } });

/** the times of an appointment of a type */
export const timesAt = (id: string, type: AppointmentType, startsAt: string) => {
  const { from, to } = takes(id, type, startsAt);
  const endsAt = new Date(Date.parse(startsAt) + type.durationMinutes * 60_000).toISOString();
  return { startsAt, endsAt, takes: { from, to } };
};

/** an instant as a customer reads it: 2026-12-02 10:00 */
export const shownTime = (at: string, timeZone: string) =>
  new Date(wallClock(timeZone, Date.parse(at))).toISOString().slice(0, 16).replace('T', ' ');

type Message = Pick<Template, 'id' | 'channel'>;

/** A message about an appointment, whose template sees it as `event.data`, with `time` as the customer reads it. */
export const messageAbout = (appointment: Appointment, { id: templateId, channel }: Message, step: string): Change => {
  const { id, customerId, typeId, subject, staffId, startsAt, endsAt, timeZone, place } = appointment;
  const shown = { typeId, subject, staffId, startsAt, endsAt, timeZone, time: shownTime(startsAt, timeZone), place };
  const data = { channel, topic: null, templateId, cause: id, step, event: { data: shown } };
  return emit(messageRequested, { customerId, about: id, data });
};

/** the timers of the reminders that are still to come */
export const reminderTimers = (
  { id: about, customerId, startsAt }: Appointment,
  { reminders }: AppointmentType,
  now: string,
): Change[] =>
  reminders
    .map(({ before }) => ({ before, at: minus(startsAt, before) }))
    .filter(({ at }) => at > now)
    .map(({ before, at }) => schedule(at, appointmentNear, { customerId, about, data: { startsAt, before } }));
