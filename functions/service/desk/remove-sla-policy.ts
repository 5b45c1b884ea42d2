import { slaPolicyChanged } from '../../../events/agent.ts';
import { remove, say } from '../../shared/changes.ts';
import type { UseCase } from '../../shared/contract.ts';
import type { routes } from '../contract.ts';
import { slaPolicies } from './sla-policy.ts';

export const removeSlaPolicy: UseCase<typeof routes.removeSlaPolicy> = async ({ params: { id = '' } }, { store }) => {
  const before = await store.need(slaPolicies, { id });
  const said = say(slaPolicyChanged, { about: id, data: { slaPolicyId: id, removed: true } });
  return store.commit([remove(slaPolicies, before), said], { id });
};
