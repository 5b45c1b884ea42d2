import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { triggers } from './trigger.ts';

export const readTrigger: Handler<typeof routes.readTrigger> = ({ params: { id = '' } }, { store }) =>
  store.need(triggers, { id });
