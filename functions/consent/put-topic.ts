import { topicDeclared } from '../../events/topic.ts';
import { mustBeRegistered } from '../customers/purpose.ts';
import { ApiError, invalid } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { fieldErrors } from '../shared/http/parse.ts';
import { created, emit, insert, update, updated } from '../shared/store/changes.ts';
import type { consentRoutes } from './consent-routes.ts';
import { mostTopics, Topic, topics, topicsOf } from './topic.ts';

/** the topic of the path, or a refusal that names it */
const named = (topic: string | undefined) => {
  const name = Topic.shape.topic.safeParse(topic);
  if (!name.success) throw invalid(fieldErrors(name.error.issues, ['topic']));
  return name.data;
};

export const putTopic: Handler<typeof consentRoutes.putTopic> = async ({ params, body }, { now, store }) => {
  const topic = named(params.topic);
  const [all] = await Promise.all([topicsOf(store), mustBeRegistered(store, body.purpose)]);
  const before = all.find(one => one.topic === topic);
  if (!before && all.length >= mostTopics) {
    throw new ApiError('conflict', 'topic.too-many', `there are ${mostTopics} topics already, and no more are kept`);
  }
  const { name, channels, doubleOptIn, basis } = body;
  const said = emit(topicDeclared, { about: topic, data: { name, channels, doubleOptIn, basis } });
  if (!before) {
    const after = created(now, { topic, ...body });
    return store.commit([insert(topics, after), said], after);
  }
  const { version, createdAt } = before;
  const after = updated(now, { topic, ...body, version, createdAt, updatedAt: now }, {});
  return store.commit([update(topics, before, after), said], after);
};
