import { serve } from '../shared/http/serve.ts';
import { caseWorkHandlers } from './cases/case-work.ts';
import { caseHandlers } from './cases/cases.ts';
import { myCaseHandlers } from './cases/my-cases.ts';
import { ratingHandlers } from './cases/ratings.ts';
import { routes } from './contract.ts';
import { classHandlers } from './desk/classes.ts';
import { deskHandlers } from './desk/desk.ts';
import { macroHandlers } from './desk/macros.ts';
import { figureHandlers } from './figures/figure-handlers.ts';

export const handler = serve(routes, {
  ...caseHandlers,
  ...caseWorkHandlers,
  ...ratingHandlers,
  ...deskHandlers,
  ...classHandlers,
  ...macroHandlers,
  ...figureHandlers,
  ...myCaseHandlers,
});
