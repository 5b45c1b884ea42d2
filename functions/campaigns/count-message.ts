import { customerById } from '../customers/reads.ts';
import { messages } from '../messaging/message.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { update } from '../shared/store/changes.ts';
import { type Campaign, campaigns } from './campaign.ts';
import { subscriptions } from './contract.ts';
import { type Mark, type Recipient, recipients, recounted, reported } from './recipient.ts';

type Event = Parameters<Reaction<typeof subscriptions.countMessage>>[0];

const markOf = ({ type }: Event) => type.slice(type.indexOf('.') + 1) as Mark;

/** of which campaign the message is; an unsubscription names only the message */
const campaignIdOf = async ({ type, about, data }: Event, { store }: Ctx) => {
  if (type !== 'message.unsubscribed') return 'campaignId' in data ? data.campaignId : undefined;
  return about.startsWith('msg_') ? (await store.get(messages, { id: about }))?.campaignId : undefined;
};

/** a scanner that opened a message or followed its links, not a person */
const isMachine = ({ data }: Event) => 'machine' in data && data.machine === true;

const recipientOf = async (campaignId: Campaign['id'], customerId: string, { store }: Ctx) => {
  const keyOf = (id: string) => ({ campaignId, customerId: id as Recipient['customerId'] });
  const found = await store.get(recipients, keyOf(customerId));
  if (found) return found;
  // it was merged since
  const survivor = await customerById(store, customerId);
  return survivor && survivor.id !== customerId ? store.get(recipients, keyOf(survivor.id)) : undefined;
};

/** The recipient has its marks, and what it counts for is counted with them: the same report again changes nothing. */
const countMessage: Reaction<typeof subscriptions.countMessage> = async (event, ctx) => {
  const { customerId, occurredAt } = event;
  const campaignId = (await campaignIdOf(event, ctx)) as Campaign['id'] | undefined;
  if (!customerId || !campaignId || isMachine(event)) return;
  const [before, campaign] = await Promise.all([
    recipientOf(campaignId, customerId, ctx),
    ctx.store.get(campaigns, { id: campaignId }),
  ]);
  if (!before || !campaign) return;
  const after = reported(before, occurredAt, markOf(event), campaign.goal?.within);
  const changes = recounted(before, after);
  if (!changes.length && after.at === before.at) return;
  await ctx.store.commit([update(recipients, before, { ...after, version: before.version + 1 }), ...changes]);
};

export const reaction = consume('countMessage', subscriptions.countMessage, countMessage, { once: false });
