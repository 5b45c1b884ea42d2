import * as z from 'zod';
import { LanguageTag, line, Slug, UserId } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { Email } from '../shared/text/email.ts';

/** in lower case, so that those of people and those that work needs compare */
export const Skills = z.array(z.string().trim().toLowerCase().min(1, 'is empty').max(60)).max(100).default([]);

export const StaffFields = z.strictObject({
  name: line(200),
  email: Email.optional(),
  team: Slug.optional(),
  reportsTo: UserId.optional(),
  skills: Skills,
  languages: z.array(LanguageTag).max(50).describe('languages to serve customers in; empty: any language').default([]),
});

/** A user who works for the company; the id is that of the user. */
export const StaffMember = z.object({ id: UserId, ...StaffFields.shape, ...stamps });
export type StaffMember = z.output<typeof StaffMember>;

export const staff = entity('staff', StaffMember, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['staff', 'all'], part: id }),
  lists: { reportsTo: { by: ({ reportsTo }) => reportsTo }, team: { by: ({ team }) => team } },
});
