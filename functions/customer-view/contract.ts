import * as z from 'zod';
import { Reading } from '../customers/contract.ts';
import { route } from '../shared/http/contract.ts';
import { departments } from './part.ts';
import { Projections, View } from './view.ts';

export const about = 'Everything known of a customer in one call.';

export const routes = {
  readView: route('GET /v1/customers/{id}/view', {
    summary: 'Everything known of a customer in one call, or what one department needs of it',
    scope: 'customers.read',
    query: Reading.extend({ for: z.enum(departments).optional().describe('the department whose view it is') }),
    reply: z.union([Projections, View]),
  }),
};
