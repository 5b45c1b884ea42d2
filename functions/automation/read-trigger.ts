import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { triggers } from './trigger.ts';

export const readTrigger: UseCase<typeof routes.readTrigger> = ({ params: { id = '' } }, { store }) =>
  store.need(triggers, { id });
