import type { Handler } from '../shared/http/contract.ts';
import { refusedReports } from './reported/refused-report.ts';
import type { reportRoutes } from './reported/report-routes.ts';

export const listRefusedReports: Handler<typeof reportRoutes.listRefusedReports> = ({ query }, { store }) =>
  store.list(refusedReports, 'all', 'all', query);
