import type * as z from 'zod';
import { Condition, leavesOf } from '../../shared/conditions/condition.ts';

export { AgentId } from '../../assignment/agent.ts';
export { Key } from '../../shared/fields.ts';

const onlyAttributes = (condition: Condition) => leavesOf(condition).every(({ leaf }) => 'attribute' in leaf);

/** A condition over a case: its type, subject, description, channel, language, category, priority, productId, customer.*. */
export const CaseCondition: z.ZodType<Condition> = Condition.refine(
  onlyAttributes,
  'may only use attributes of the case, such as category or customer.attributes.tier',
);
