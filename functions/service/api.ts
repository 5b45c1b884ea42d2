import { serve } from '../shared/http/serve.ts';
import { caseHandlers } from './cases/cases.ts';
import { myCaseHandlers } from './cases/my-cases.ts';
import { ratingHandlers } from './cases/ratings.ts';
import { routes } from './contract.ts';
import { classHandlers } from './desk/classes.ts';
import { deskHandlers } from './desk/desk.ts';

export const handler = serve(routes, {
  ...caseHandlers,
  ...ratingHandlers,
  ...deskHandlers,
  ...classHandlers,
  ...myCaseHandlers,
});
