import { Channel, Topic } from '../../events/customer.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { fieldErrors } from '../shared/http/parse.ts';
import type { routes } from './contract.ts';
import { decideConsent } from './decide-consent.ts';

/** channel and topic of the path, or a refusal that names them */
export const channelAndTopic = (params: Record<string, string>) => {
  const [channel, topic] = [Channel.safeParse(params.channel), Topic.safeParse(params.topic)];
  const errors = [
    ...(channel.success ? [] : fieldErrors(channel.error.issues, ['channel'])),
    ...(topic.success ? [] : fieldErrors(topic.error.issues, ['topic'])),
  ];
  if (!channel.success || !topic.success) throw invalid(errors);
  return { channel: channel.data, topic: topic.data };
};

export const setConsent: Handler<typeof routes.setConsent> = async ({ params, body }, ctx) => {
  const place = channelAndTopic(params);
  const customer = await activeCustomer(ctx.store, params.id ?? '');
  const { consent, changes } = await decideConsent(ctx, { customer, place, said: body });
  return ctx.store.commit(changes, consent);
};
