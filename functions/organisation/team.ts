import * as z from 'zod';
import { Condition } from '../shared/conditions/condition.ts';
import { line, Slug, UserId } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

/** what is said of a team */
export const TeamFields = z.strictObject({
  name: line(100),
  lead: UserId.optional(),
  parent: Slug.describe('the team that it is a part of').optional(),
  territories: Condition.describe('the customers that it looks after').optional(),
});

/** A division or team of the company. */
export const Team = z.object({ id: Slug, ...TeamFields.shape, ...stamps });
export type Team = z.output<typeof Team>;

/** all teams lie in one partition: they are few */
export const teams = entity('team', Team, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['team', 'all'], part: id }),
  lists: { parent: { by: ({ parent }) => parent } },
});

export const told = ({ name, lead, parent }: Team) => ({ name, lead, parent });
