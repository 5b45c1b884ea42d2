import { topicRemoved } from '../../events/topic.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, remove } from '../shared/store/changes.ts';
import type { consentRoutes } from './consent-routes.ts';
import { topics } from './topic.ts';

export const removeTopic: Handler<typeof consentRoutes.removeTopic> = async ({ params }, { store }) => {
  const topic = await store.need(topics, { topic: params.topic ?? '' });
  const { name, channels, doubleOptIn, basis } = topic;
  const said = emit(topicRemoved, { about: topic.topic, data: { name, channels, doubleOptIn, basis } });
  return store.commit([remove(topics, topic), said], topic);
};
