import * as z from 'zod';
import { topicDeclared, topicRemoved } from '../../events/consent.ts';
import { mustBeRegistered } from '../customers/purpose.ts';
import { handlers, Reply } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { emit, remove } from '../shared/store/changes.ts';
import { recordPage } from '../shared/store/record-page.ts';
import { putRecord } from '../shared/store/records.ts';
import { topicRoutes } from './consent-routes.ts';
import { tooManyTopics } from './errors.ts';
import { mostTopics, Topic, topicPartition, topics, topicsOf } from './topic.ts';

const TopicName = z.object({ topic: Topic.shape.topic });

const topicEvent = (
  event: typeof topicDeclared | typeof topicRemoved,
  { topic, name, channels, doubleOptIn, basis }: Topic,
) => emit(event, { about: topic, data: { name, channels, doubleOptIn, basis } });

export const topicHandlers = handlers(topicRoutes, {
  putTopic: async ({ params, body }, { now, store }) => {
    const { topic } = parse(TopicName, params);
    const [all] = await Promise.all([topicsOf(store), mustBeRegistered(store, body.purpose)]);
    if (all.length >= mostTopics && !all.some(one => one.topic === topic)) throw tooManyTopics();
    const changes = (after: Topic) => [topicEvent(topicDeclared, after)];
    const reply = await putRecord(topics, { topic }, { topic, ...body }, { now, store, changes });
    return reply instanceof Reply ? reply.body : reply;
  },
  listTopics: ({ query }, { store }) => recordPage(store, topics, topicPartition, { ...query, upwards: true }),
  removeTopic: async ({ params: { topic: name = '' } }, { store }) => {
    const topic = await store.need(topics, { topic: name });
    return store.commit([remove(topics, topic), topicEvent(topicRemoved, topic)], topic);
  },
});
