import * as z from 'zod';
import { Customer, Profile } from '../customers/customer.ts';
import { page, paging, route } from '../shared/http/contract.ts';

/** why a search found a customer */
const Match = z.object({
  by: z.enum(['id', 'externalId', 'email', 'phone', 'identifier', 'name']),
  how: z.enum(['exact', 'prefix', 'ending', 'similar']),
  /** 1: all that was typed is there as it was typed */
  similarity: z.number(),
});

/** a customer, and why it was found where somebody typed something */
export const FoundCustomer = Customer.extend({ match: Match.optional() });

export const about = 'Finds customers by whatever somebody typed.';

export const routes = {
  findCustomers: route('GET /v1/customers', {
    summary:
      'Find customers by e-mail, phone, external id, an indexed attribute, or whatever somebody typed (q); or list them, latest first',
    scope: 'customers.read',
    query: z.strictObject({
      email: z.string().max(254).optional(),
      phone: z.string().max(40).optional(),
      externalId: z.string().max(256).optional(),
      q: z
        .string()
        .min(1)
        .max(200)
        .describe(
          'a name in any order, each word whole or begun; an e-mail address or its beginning, @ and a domain; a phone number or its last digits; an id or identifier. What is whole comes first, then what is begun, then - when there is little - what is similar.',
        )
        .optional(),
      attribute: z.string().max(100).optional().describe('one that is declared as indexed, such as attributes.plan'),
      value: z.string().min(1).max(200).optional().describe('of that attribute; of a list one of its items'),
      kind: Profile.shape.kind.unwrap().describe('with q, or alone').optional(),
      ...paging,
    }),
    reply: page(FoundCustomer),
    errors: ['attribute.confidential'],
  }),
};
