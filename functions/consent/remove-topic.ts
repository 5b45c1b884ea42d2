import { topicRemoved } from '../../events/topic.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { remove, say } from '../shared/store/changes.ts';
import type { consentRoutes } from './consent-routes.ts';
import { topics } from './topic.ts';

export const removeTopic: UseCase<typeof consentRoutes.removeTopic> = async ({ params }, { store }) => {
  const topic = await store.need(topics, { topic: params.topic ?? '' });
  const { name, channels, doubleOptIn, basis } = topic;
  const said = say(topicRemoved, { about: topic.topic, data: { name, channels, doubleOptIn, basis } });
  return store.commit([remove(topics, topic), said], topic);
};
