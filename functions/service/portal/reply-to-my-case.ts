import type { Handler } from '../../shared/http/contract.ts';
import { replyToCase } from '../cases/reply-to-case.ts';
import { myCase } from './my-case.ts';
import type { myCaseRoutes } from './my-case-routes.ts';

export const replyToMyCase: Handler<typeof myCaseRoutes.replyToMyCase> = async ({ body, ...asked }, ctx) => {
  await myCase(ctx, asked.params.id ?? '');
  return replyToCase({ ...asked, body: { ...body, from: 'customer' } }, ctx);
};
