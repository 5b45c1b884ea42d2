import * as z from 'zod';
import { Condition } from '../shared/conditions/condition.ts';
import { line, Slug, UserId } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

export const TeamFields = z.strictObject({
  name: line(100),
  lead: UserId.optional(),
  parent: Slug.describe('the parent team').optional(),
  territories: Condition.describe('the customers that it is responsible for').optional(),
});

/** A team or division of the company. */
export const Team = z.object({ id: Slug, ...TeamFields.shape, ...stamps });
export type Team = z.output<typeof Team>;

export const teams = entity('team', Team, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['team', 'all'], part: id }),
  lists: { parent: { by: ({ parent }) => parent } },
});
