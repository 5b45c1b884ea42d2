import * as z from 'zod';
import { page, paging, route } from '../../shared/http/contract.ts';
import { RefusedReport } from './refused-report.ts';

export const reportRoutes = {
  listRefusedReports: route('GET /v1/rejected-events', {
    summary:
      'What other systems reported on the bus of orders, leads and opportunities and could not be taken, and why',
    scope: 'sales.read',
    query: z.strictObject(paging),
    reply: page(RefusedReport),
  }),
};
