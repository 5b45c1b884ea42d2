import * as z from 'zod';
import { line, Slug, UserId } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { Email } from '../shared/text/email.ts';

const Words = z.array(line(60)).max(50);

export const StaffFields = z.strictObject({
  name: line(200),
  email: Email.optional(),
  team: Slug.optional(),
  reportsTo: UserId.optional(),
  skills: Words.default([]),
  languages: Words.default([]),
  calendarId: line(64).describe('the calendar of working hours').optional(),
});

/** A user who works for the company; the id is that of the user. */
export const StaffMember = z.object({ id: UserId, ...StaffFields.shape, ...stamps });
export type StaffMember = z.output<typeof StaffMember>;

export const staff = entity('staff', StaffMember, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['staff', 'all'], part: id }),
  lists: { reportsTo: { by: ({ reportsTo }) => reportsTo }, team: { by: ({ team }) => team } },
});
