import { channels } from '../../events/customer.ts';
import { sendingReleased, suppressionReleased } from '../../events/message.ts';
import { brandFault } from '../content/brand.ts';
import { customerById, needCustomer } from '../customers/reads.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { webhookFault } from '../shared/http/webhook.ts';
import { startJob } from '../shared/jobs/job.ts';
import { emit, remove } from '../shared/store/changes.ts';
import { listShared } from '../shared/store/record-page.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { normaliseEmail } from '../shared/text/email.ts';
import { addressOn } from './addresses.ts';
import { chooseOutcome, type MessageFacts } from './choose-outcome.ts';
import { suppressions, unreachables } from './contact-history.ts';
import { messageRoutes } from './contract.ts';
import { pauseNotFound, suppressionNotFound } from './errors.ts';
import { channelFacts, customerFacts } from './facts.ts';
import { contents, listOf, messages } from './message.ts';
import { pauses } from './pause.ts';
import { type MessagingRules, messagingSettings } from './settings.ts';

const outcomeOn = async (found: Found, request: MessageFacts['request'], ctx: Ctx) => {
  const outcome = chooseOutcome({ ...(await channelFacts(found, request, ctx)), request });
  return { outcome: outcome.do, reason: outcome.do === 'send' ? outcome.reasons.join('; ') : outcome.reason };
};

type Found = NonNullable<Awaited<ReturnType<typeof customerFacts>>>;

const urlFaults = ({ webhook, push, post }: MessagingRules) =>
  Object.entries({ webhook, push, post }).flatMap(([name, given]) => {
    const message = given && webhookFault(given.url);
    return message ? [{ path: `${name}.url`, message }] : [];
  });

/** more messages to one address than can bounce before it is suppressed */
const mostReleased = 50;

export const messageHandlers = handlers(messageRoutes, {
  listMessages: ({ query: { customerId, state, ...paging } }, { store }) => {
    const keep = state && { keep: (message: { state: string }) => message.state === state };
    if (!customerId) return store.list(messages, 'state', listOf(state ?? ''), { ...paging, ...keep });
    return store.list(messages, 'customer', customerId, { ...paging, ...keep });
  },
  readMessage: async ({ params: { id = '' } }, { scopes, store }) => {
    const [message, content] = await Promise.all([store.need(messages, { id }), store.get(contents, { id })]);
    return { ...message, content: content && scopes.has('messages.confidential') ? content : null };
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
        const { suppression } = await channelFacts(found, { channel, topic: null }, ctx);
        const topics = topicsOn(channel).sort();
        return {
          channel,
          suppressed: suppression ? { reason: suppression.reason, since: suppression.at } : null,
          transactional: await outcomeOn(found, { channel, topic: null }, ctx),
          topics: await Promise.all(
            topics.map(async topic => ({ topic, ...(await outcomeOn(found, { channel, topic }, ctx)) })),
          ),
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
  listSuppressions: ({ query }, { store }) => store.list(suppressions, 'all', 'all', query),
  releaseAddress: async ({ body: { channel, address: given, reason } }, { store }) => {
    const address = channel === 'email' ? normaliseEmail(given) : given;
    const before = await store.get(suppressions, { channel, address });
    if (!before) throw suppressionNotFound();
    const { messageId, customerId } = before;
    const customer = customerId && (await customerById(store, customerId));
    const keep = (one: { channel: string; address: string }) =>
      one.channel === channel && one.address === before.address;
    const { items } = customer
      ? await store.belonging(unreachables, customer.id, { limit: mostReleased, keep })
      : { items: [] };
    const event = emit(suppressionReleased, {
      customerId: customer ? customer.id : null,
      about: messageId ?? 'suppressions',
      data: { channel, reason },
    });
    return store.commit([remove(suppressions, before), ...items.map(one => remove(unreachables, one)), event], before);
  },
  listPauses: listShared(pauses),
  releasePause: async ({ params: { id = '' }, body: { reason } }, { store, now, actor }) => {
    const before = await store.get(pauses, { id });
    if (!before) throw pauseNotFound();
    const { channel, topic, campaignId } = before;
    const data = { channel, topic, campaignId, reason };
    const { changes } = startJob(now, { kind: 'resume-sending', by: actor, input: { scope: id } });
    return store.commit([remove(pauses, before), emit(sendingReleased, { about: id, data }), ...changes], before);
  },
  readSettings: (_, { store }) => messagingSettings.of(store),
  changeSettings: async ({ body }, { store }) => {
    const faults = [...(await brandFault(body.brandId, store)), ...urlFaults(body)];
    if (faults.length) throw invalid(faults);
    const zone = body.defaultTimeZone ?? body.timeZone;
    const zones = zone ? { defaultTimeZone: zone, timeZone: zone } : {};
    return messagingSettings.replace(store, { ...body, ...zones });
  },
});
