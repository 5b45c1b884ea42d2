import * as z from 'zod';
import { line, Slug, UserId } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { Email } from '../shared/text/email.ts';

const Words = z.array(line(60)).max(50);

/** what is said of somebody who works for the company */
export const StaffFields = z.strictObject({
  name: line(200),
  email: Email.optional(),
  team: Slug.optional(),
  reportsTo: UserId.optional(),
  skills: Words.default([]),
  languages: Words.default([]),
  calendarId: line(64).describe('the hours that they work: see calendars').optional(),
});

/** Somebody who works for the company; the id is the user's. */
export const Staff = z.object({ id: UserId, ...StaffFields.shape, ...stamps });
export type Staff = z.output<typeof Staff>;

export const staff = entity('staff', Staff, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['staff', 'all'], part: id }),
  lists: { reportsTo: { by: ({ reportsTo }) => reportsTo }, team: { by: one => one.team } },
});

export const told = ({ name, team, reportsTo }: Staff) => ({ name, team, reportsTo });
