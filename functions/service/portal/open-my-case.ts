import type { Handler } from '../../shared/http/contract.ts';
import { openCase } from '../cases/open-case.ts';
import type { myCaseRoutes } from './my-case-routes.ts';

export const openMyCase: Handler<typeof myCaseRoutes.openMyCase> = ({ body, ...asked }, ctx) =>
  openCase({ ...asked, body: { ...body, customerId: ctx.me as never, channel: 'portal', automatic: false } }, ctx);
