import { slaPolicyChanged } from '../../../events/agent.ts';
import type { UseCase } from '../../shared/http/contract.ts';
import { remove, say } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { slaPolicies } from './sla-policy.ts';

export const removeSlaPolicy: UseCase<typeof routes.removeSlaPolicy> = async ({ params: { id = '' } }, { store }) => {
  const before = await store.need(slaPolicies, { id });
  const said = say(slaPolicyChanged, { about: id, data: { slaPolicyId: id, removed: true } });
  return store.commit([remove(slaPolicies, before), said], { id });
};
