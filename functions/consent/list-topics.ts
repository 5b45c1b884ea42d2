import type { Handler } from '../shared/http/contract.ts';
import { revive } from '../shared/store/entity.ts';
import type { consentRoutes } from './consent-routes.ts';
import { topics } from './topic.ts';

export const listTopics: Handler<typeof consentRoutes.listTopics> = async ({ query }, { store }) => {
  const { of } = topics.key({ topic: '' });
  const { items, nextCursor } = await store.range(of, { ...query, upwards: true });
  return { items: items.map(item => revive(topics, item)), nextCursor };
};
