import type { UseCase } from '../shared/http/contract.ts';
import { refusedReports } from './reported/refused-report.ts';
import type { reportRoutes } from './reported/report-routes.ts';

export const listRefusedReports: UseCase<typeof reportRoutes.listRefusedReports> = ({ query }, { store }) =>
  store.list(refusedReports, 'all', 'all', query);
