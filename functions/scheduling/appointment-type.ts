import * as z from 'zod';
import { TemplateId } from '../../events/ids.ts';
import { Key, line, Slug, UserId } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { FixedDuration } from '../shared/time/duration.ts';

const Minutes = z.int().min(1).max(1440);

const Reminder = z.strictObject({
  before: FixedDuration.describe('such as PT24H or P1D'),
  templateId: TemplateId.describe('the message; without: the event appointment.reminded alone').optional(),
});

export const AppointmentTypeFields = z
  .strictObject({
    name: line(200),
    durationMinutes: Minutes.default(60),
    everyMinutes: Minutes.describe(
      'Slots begin every so many minutes of open time; default: their duration.',
    ).optional(),
    bufferMinutes: z
      .strictObject({ before: z.int().min(0).max(720).default(0), after: z.int().min(0).max(720).default(0) })
      .describe('Time of the staff member around it, such as for travel.')
      .prefault({}),
    staff: z.array(UserId).min(1).max(50).describe('Who gives it; or a team.').optional(),
    team: Slug.optional(),
    calendarId: Key.describe('Its hours. A staff member’s own hours count as well.').optional(),
    place: line(300).describe('Where it is, such as an address or a link to a call.').optional(),
    notice: FixedDuration.describe('Customers book, move and cancel at least so long before.').default('PT0S'),
    horizon: FixedDuration.describe('Customers book at most so long before.').default('P90D'),
    online: z.boolean().describe('Whether customers book it themselves.').default(true),
    confirmation: TemplateId.describe('Sent when it is booked or moved.').optional(),
    reminders: z.array(Reminder).max(5).default([]),
  })
  .refine(({ staff, team }) => (staff === undefined) !== (team === undefined), {
    path: ['staff'],
    message: 'give either staff or team',
  });

/** What can be booked: for how long, with whom, when. */
export const AppointmentType = z.object({ id: Key, ...AppointmentTypeFields.shape, ...stamps });
export type AppointmentType = z.output<typeof AppointmentType>;

export const appointmentTypes = entity('appointment-type', AppointmentType, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['appointment-type', 'all'], part: id }),
});
