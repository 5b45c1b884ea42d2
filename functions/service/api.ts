import { serve } from '../shared/http/serve.ts';
import { caseHandlers } from './cases/cases.ts';
import { ratingHandlers } from './cases/ratings.ts';
import { routes } from './contract.ts';
import { deskHandlers } from './desk/desk.ts';
import { myCaseHandlers } from './portal/my-cases.ts';

export const handler = serve(routes, { ...caseHandlers, ...ratingHandlers, ...deskHandlers, ...myCaseHandlers });
