import * as z from 'zod';
import { ForPurpose } from '../customers/customer-routes.ts';
import { route } from '../shared/http/contract.ts';
import { departments } from './part.ts';
import { Projections, View } from './view.ts';

export const about = 'All data of a customer in one call.';

export const routes = {
  readView: route('GET /v1/customers/{id}/view', {
    summary: 'Read all data of a customer in one call, or the view of a department',
    scope: 'customers.read',
    query: ForPurpose.extend({ for: z.enum(departments).optional().describe('a department: its view only') }),
    reply: z.union([Projections, View]),
  }),
};
