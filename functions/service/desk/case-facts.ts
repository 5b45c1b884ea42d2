import * as z from 'zod';
import { Customer } from '../../customers/customer.ts';
import { ShownCase } from '../cases/case.ts';

/** what conditions over a case find */
export const CaseFacts = z.object({
  ...ShownCase.pick({ type: true, subject: true, description: true, channel: true, language: true }).shape,
  ...ShownCase.pick({ category: true, priority: true, productId: true, typeId: true }).shape,
  ...ShownCase.pick({ severity: true, impact: true, tags: true, attributes: true }).shape,
  customer: Customer.omit({ masked: true }),
});
