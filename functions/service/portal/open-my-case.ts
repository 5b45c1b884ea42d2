import type { UseCase } from '../../shared/http/contract.ts';
import { openCase } from '../cases/open-case.ts';
import type { myCaseRoutes } from './my-case-routes.ts';

export const openMyCase: UseCase<typeof myCaseRoutes.openMyCase> = ({ body, ...asked }, ctx) =>
  openCase({ ...asked, body: { ...body, customerId: ctx.me as never, channel: 'portal', automatic: false } }, ctx);
