import type { UseCase } from '../../shared/http/contract.ts';
import { myCase } from './my-case.ts';
import type { myCaseRoutes } from './my-case-routes.ts';

export const readMyCase: UseCase<typeof myCaseRoutes.readMyCase> = ({ params: { id = '' } }, ctx) => myCase(ctx, id);
