import type * as z from 'zod';
import { Condition } from '../../shared/conditions/condition.ts';

const overAttributes = (condition: Condition): boolean => {
  if ('all' in condition) return condition.all.every(overAttributes);
  if ('any' in condition) return condition.any.every(overAttributes);
  return 'not' in condition ? overAttributes(condition.not) : 'attribute' in condition;
};

/** A condition over a case: its type, subject, description, channel, language, category, priority, productId, customer.*. */
export const CaseCondition: z.ZodType<Condition> = Condition.refine(
  overAttributes,
  'a case has attributes only, such as category or customer.attributes.tier',
);
