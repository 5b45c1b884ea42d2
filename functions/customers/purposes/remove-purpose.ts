import { purposeRemoved } from '../../../events/purpose.ts';
import { topicsOf } from '../../consent/topic.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { emit, remove } from '../../shared/store/changes.ts';
import { purposes } from './purpose.ts';
import type { purposeRoutes } from './purpose-routes.ts';

export const removePurpose: Handler<typeof purposeRoutes.removePurpose> = async ({ params }, { store }) => {
  const [purpose, topics] = await Promise.all([store.need(purposes, { name: params.name ?? '' }), topicsOf(store)]);
  const { name, lawfulBasis, owner } = purpose;
  const serving = topics.filter(topic => topic.purpose === name).map(({ topic }) => topic);
  if (serving.length) {
    throw new ApiError('conflict', 'purpose.in-use', `these topics are declared to serve it: ${serving.join(', ')}`);
  }
  const said = emit(purposeRemoved, { about: name, data: { lawfulBasis, owner } });
  return store.commit([remove(purposes, purpose), said], purpose);
};
