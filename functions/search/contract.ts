import * as z from 'zod';
import { Customer, Profile } from '../customers/customer.ts';
import { confidentialAttribute } from '../customers/errors.ts';
import { page, paging, route } from '../shared/http/contract.ts';

const Match = z.object({
  by: z.enum(['id', 'externalId', 'email', 'phone', 'identifier', 'name']),
  how: z.enum(['exact', 'prefix', 'ending', 'similar']),
  /** 1: the whole text matches exactly */
  similarity: z.number(),
});

/** a customer, and why it was found where the query is free text */
export const FoundCustomer = Customer.extend({ match: Match.optional() });

export const about = 'Finds customers by identifiers, attributes or any text.';

export const routes = {
  findCustomers: route('GET /v1/customers', {
    summary:
      'List customers, latest first, or find them by e-mail, phone, external id, an indexed attribute or any text (q)',
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
          'a name in any order, words whole or as prefixes; an e-mail address or its beginning, @ and a domain; a phone number or its last digits; an id or identifier. Exact matches come first, then prefixes, then - if there are few - similar ones.',
        )
        .optional(),
      attribute: z.string().max(100).optional().describe('an indexed attribute, such as attributes.plan'),
      value: z.string().min(1).max(200).optional().describe('the value of that attribute; of a list one of its items'),
      kind: Profile.shape.kind.unwrap().describe('with q, or alone').optional(),
      ...paging,
    }),
    reply: page(FoundCustomer),
    errors: [confidentialAttribute],
  }),
};
