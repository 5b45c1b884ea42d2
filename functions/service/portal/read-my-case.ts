import type { Handler } from '../../shared/http/contract.ts';
import { myCase } from './my-case.ts';
import type { myCaseRoutes } from './my-case-routes.ts';

export const readMyCase: Handler<typeof myCaseRoutes.readMyCase> = ({ params: { id = '' } }, ctx) => myCase(ctx, id);
