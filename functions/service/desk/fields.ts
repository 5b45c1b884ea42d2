import * as z from 'zod';
import { Condition, leavesOf } from '../../shared/conditions/condition.ts';

export { Key } from '../../shared/fields.ts';

const onlyAttributes = (condition: Condition) => leavesOf(condition).every(({ leaf }) => 'attribute' in leaf);

/** the id of a staff member, as tokens carry it */
export const AgentId = z.string().regex(/^[A-Za-z0-9][\w.@+:|-]{0,127}$/, 'is not the id of a user');

/** A condition over a case: its type, subject, description, channel, language, category, priority, productId, customer.*. */
export const CaseCondition: z.ZodType<Condition> = Condition.refine(
  onlyAttributes,
  'may only use attributes of the case, such as category or customer.attributes.tier',
);
