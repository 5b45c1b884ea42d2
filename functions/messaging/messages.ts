import { channels } from '../../events/customer.ts';
import { needCustomer } from '../customers/reads.ts';
import { handlers } from '../shared/http/contract.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { chooseOutcome, type MessageFacts } from './choose-outcome.ts';
import { cleared } from './cleared.ts';
import { messageRoutes } from './contract.ts';
import { addressOn, channelFacts, customerFacts } from './facts.ts';
import { contents, messages } from './message.ts';
import { messagingSettings } from './settings.ts';

const outcomeOn = (facts: Omit<MessageFacts, 'request'>, channel: string, topic: string | null) => {
  const outcome = chooseOutcome({ ...facts, request: { channel, topic } });
  return { outcome: outcome.do, reason: outcome.do === 'send' ? outcome.reasons.join('; ') : outcome.reason };
};

export const messageHandlers = handlers(messageRoutes, {
  listMessages: ({ query: { customerId, state, ...paging } }, { store }) => {
    if (!customerId) return store.list(messages, 'state', state ?? '', paging);
    const keep = state && { keep: (message: { state: string }) => message.state === state };
    return store.list(messages, 'customer', customerId, { ...paging, ...keep });
  },
  readMessage: async ({ params: { id = '' } }, { scopes, store }) => {
    const [message, content] = await Promise.all([store.need(messages, { id }), store.get(contents, { id })]);
    return { ...message, content: content && scopes.has('messages.confidential') ? cleared(content) : null };
  },
  readContactability: async ({ params: { id = '' } }, ctx) => {
    const { id: customerId } = await needCustomer(ctx.store, id);
    const found = await customerFacts(customerId, ctx);
    if (!found) throw new VersionConflict('erased by another request');
    const { customer, consents, history } = found;
    const topicsOn = (channel: string) => consents.filter(one => one.channel === channel).map(({ topic }) => topic);
    const shown = channels.filter(one => addressOn(customer, one) !== undefined || topicsOn(one).length > 0);
    const byChannel = await Promise.all(
      shown.map(async channel => {
        const facts = await channelFacts(found, channel, ctx);
        const { suppression } = facts;
        return {
          channel,
          suppressed: suppression ? { reason: suppression.reason, since: suppression.at } : null,
          transactional: outcomeOn(facts, channel, null),
          topics: topicsOn(channel)
            .sort()
            .map(topic => ({ topic, ...outcomeOn(facts, channel, topic) })),
        };
      }),
    );
    const sentAt = history.sends.map(({ at }) => at).sort();
    return {
      customerId: customer.id,
      preferredChannel: customer.preferredChannel ?? null,
      lastSentAt: sentAt.at(-1) ?? null,
      channels: byChannel,
    };
  },
  readSettings: (_, { store }) => messagingSettings.of(store),
  changeSettings: ({ body }, { store }) => messagingSettings.replace(store, body),
});
