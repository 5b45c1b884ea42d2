import { Channel, consentChanged, Topic } from '../../events/customer.ts';
import { insert, say, update } from '../shared/changes.ts';
import type { UseCase } from '../shared/contract.ts';
import { fieldErrors } from '../shared/parse.ts';
import { invalid } from '../shared/refusal.ts';
import type { routes } from './contract.ts';
import { consents } from './customer.ts';
import { living } from './living.ts';

/** channel and topic of the path, or a refusal that names them */
const channelAndTopic = (params: Record<string, string>) => {
  const [channel, topic] = [Channel.safeParse(params.channel), Topic.safeParse(params.topic)];
  const errors = [
    ...(channel.success ? [] : fieldErrors(channel.error.issues, ['channel'])),
    ...(topic.success ? [] : fieldErrors(topic.error.issues, ['topic'])),
  ];
  if (!channel.success || !topic.success) throw invalid(errors);
  return { channel: channel.data, topic: topic.data };
};

export const setConsent: UseCase<typeof routes.setConsent> = async ({ params, body }, { now, store }) => {
  const key = { customerId: params.id ?? '', ...channelAndTopic(params) };
  const { id: customerId } = await living(store, key.customerId);
  const before = await store.get(consents, key);
  const consent = { ...key, customerId, ...body, at: now, version: (before?.version ?? 0) + 1 };
  const { customerId: _, at, version, ...data } = consent;
  return store.commit(
    [
      before ? update(consents, before, consent) : insert(consents, consent),
      say(consentChanged, { customerId, about: customerId, data }),
    ],
    consent,
  );
};
