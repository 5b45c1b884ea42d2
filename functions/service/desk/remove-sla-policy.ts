import { slaPolicyChanged } from '../../../events/agent.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { emit, remove } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { slaPolicies } from './sla-policy.ts';

export const removeSlaPolicy: Handler<typeof routes.removeSlaPolicy> = async ({ params: { id = '' } }, { store }) => {
  const before = await store.need(slaPolicies, { id });
  const said = emit(slaPolicyChanged, { about: id, data: { slaPolicyId: id, removed: true } });
  return store.commit([remove(slaPolicies, before), said], { id });
};
