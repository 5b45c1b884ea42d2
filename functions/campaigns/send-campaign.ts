import { campaignFinished, campaignStopped } from '../../events/campaign.ts';
import { messageRequested } from '../../events/message.ts';
import { type Template, templates } from '../content/template.ts';
import { resolveAllMerged } from '../customers/active-customer.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Work } from '../shared/jobs/work.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { addedTogether, type Change, emit, eventOf, sumOf, update, updated } from '../shared/store/changes.ts';
import { decided } from '../shared/store/decision.ts';
import { revive } from '../shared/store/entity.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { plus } from '../shared/time/duration.ts';
import { segmentsUsed } from './audience-segment.ts';
import { affordable, isMessaged, messagesLeft } from './budget.ts';
import { type Campaign, campaigns, variantName } from './campaign.ts';
import { goalEnds } from './change-state.ts';
import {
  campaignResults,
  type Recipient,
  recipients,
  recounted,
  reported,
  type Shard,
  shardParts,
  shards,
} from './recipient.ts';
import { campaignOf } from './take-audience.ts';

const shardsPerSlice = 10;
const together = 5;

type Channels = Map<string, Template['channel']>;

const channelsOf = async ({ variants }: Campaign, { store }: Ctx): Promise<Channels> => {
  const found = await store.getByIds(templates, [...new Set(variants.map(({ templateId }) => templateId))]);
  const byId = new Map(found.map(({ id, channel }) => [id, channel]));
  return new Map(
    variants.flatMap(({ templateId }, nth) => {
      const channel = byId.get(templateId);
      return channel ? [[variantName(nth), channel] as const] : [];
    }),
  );
};

const requested = (campaign: Campaign, { customerId, arm }: Recipient, channels: Channels): Change[] => {
  const { id, topic, variants } = campaign;
  const channel = channels.get(arm);
  const templateId = variants.find((_, nth) => variantName(nth) === arm)?.templateId;
  if (!channel || !templateId) return [];
  const data = { channel, topic, templateId, campaignId: id, variant: arm, cause: id, step: 'send' };
  return [emit(messageRequested, { customerId, about: id, data })];
};

const whySpared: Record<string, string> = {
  holdout: 'holdout: in the control group of the campaign',
  control: 'holdout: in the global control group, which no such campaign reaches',
};

/** one who is spared: from now on its conversions count, as a message would have been sent now */
const spared = ({ id, name, goal }: Campaign, before: Recipient, why: string, now: string): Change[] => {
  const after = { ...reported(before, now, undefined, goal?.within), version: before.version + 1 };
  const reasons = [`${whySpared[why]} ${id}, ${name}`];
  const decision = { customerId: before.customerId, kind: 'campaign', outcome: 'holdout', reasons, cause: id };
  return [update(recipients, before, after), ...recounted(before, after), decided(now, decision)];
};

/** a shard, and how many of its members are done with after this */
type Part = { shard: Shard; upTo: number };

/** Requests the messages of a part of a shard, once: with the note of how far it is done. Who was erased or merged since is left to the other record. */
const sendPart = async (campaign: Campaign, { shard: planned, upTo }: Part, channels: Channels, ctx: Ctx) => {
  const { now, store } = ctx;
  const campaignId = campaign.id;
  const shard = await store.get(shards, planned);
  if (!shard || shard.done >= upTo) return;
  const members = shard.members.slice(shard.done, upTo);
  const people = await resolveAllMerged(
    store,
    members.map(({ customerId }) => customerId),
  );
  const keys = [...people.values()].flatMap(one => (one ? [{ campaignId, customerId: one.id }] : []));
  const found = new Map((await store.getAll(recipients, keys)).map(one => [one.drawnAs, one]));
  const changes = members.flatMap(({ customerId, arm, spared: why }) => {
    const recipient = found.get(customerId);
    if (!recipient || recipient.arm !== arm) return [];
    return why ? spared(campaign, recipient, why, now) : requested(campaign, recipient, channels);
  });
  const asked = members.filter(isMessaged).map(({ arm }) => ({ [`${arm}.requested`]: 1 }));
  if (campaign.budget) changes.push(...campaignResults.add(campaignId, shard.members[0]!.customerId, sumOf(asked)));
  const after = { ...shard, done: upTo, version: shard.version + 1 };
  await store.commit([update(shards, shard, after), ...addedTogether(changes)]);
};

/** `minute`: since when how many were sent to, where so many a minute are allowed */
type At = { after?: string; minute?: { from: string; sent: number }; looks?: number };

type Next = { send: Part[]; at: At; wait?: string; over: boolean };

type Found = { part: string; shard: Shard };
type Asked = At & { more: boolean; now: string; perMinute?: number | undefined };

/** Which parts of shards are sent now, in their order, and what comes next. Pure. */
export const nextParts = (found: Found[], { after, minute: last, more, now, perMinute }: Asked): Next => {
  const send: Part[] = [];
  let minute = last && plus(last.from, 'PT1M') > now ? last : { from: now, sent: 0 };
  let passed = after;
  const next = (over: boolean, wait?: string): Next => {
    const at = { ...(passed ? { after: passed } : {}), ...(perMinute ? { minute } : {}) };
    return { send, at, over, ...(wait ? { wait } : {}) };
  };
  for (const { part, shard } of found) {
    const left = shard.members.length - shard.done;
    if (left && shard.dueAt > now) return next(false, shard.dueAt);
    const count = Math.min(left, perMinute ? perMinute - minute.sent : left);
    minute = { ...minute, sent: minute.sent + count };
    if (count) send.push({ shard, upTo: shard.done + count });
    if (count < left) return next(false, plus(minute.from, 'PT1M'));
    passed = part;
  }
  return next(!more);
};

const finished = (before: Campaign, now: string): Change[] => {
  const after = updated(now, before, { state: 'done', finishedAt: now });
  return [
    update(campaigns, before, after),
    ...segmentsUsed(before, after),
    ...goalEnds(after, now),
    eventOf(campaignFinished, after),
  ];
};

/** what was requested may turn out to be skipped, which costs nothing */
const mostLooks = 5;

const outOfBudget = (before: Campaign, now: string): Change[] => {
  const { amount, currency } = before.costs?.perMessage ?? {};
  const stopped = `the next message, at ${amount} ${currency}, would exceed the budget of ${before.budget?.amount}`;
  const after = updated(now, before, { state: 'paused', stopped });
  return [update(campaigns, before, after), eventOf(campaignStopped, after, { reason: stopped })];
};

/** Requests the messages of a campaign shard by shard, as they are due and as fast as it may be. */
export const sendCampaign: Work = {
  async slice(job, ctx) {
    const { now, store } = ctx;
    const campaign = await campaignOf(job, ctx);
    if (campaign?.state !== 'running') return { cursor: null };
    const at = (job.cursor as At | null) ?? {};
    const { after } = at;
    const page = {
      limit: ctx.perSlice(shardsPerSlice),
      within: shardParts,
      upwards: true,
      ...(after ? { after } : {}),
    };
    const { items, more } = await store.partition(['campaign', campaign.id], page);
    const found = items.map(item => ({ part: item.sk, shard: revive(shards, item) }));
    const next = nextParts(found, { ...at, more, now, perMinute: campaign.send?.perMinute });
    const channels = await channelsOf(campaign, ctx);
    const funds = campaign.budget && messagesLeft(campaign, await campaignResults.read(store, campaign.id));
    const { send, cut } = funds ? affordable(next.send, funds.left) : { send: next.send, cut: false };
    await mapConcurrent(send, together, part => retryOnConflict(() => sendPart(campaign, part, channels, ctx)));
    const counts = { requested: send.reduce((sum, { shard, upTo }) => sum + upTo - shard.done, 0) };
    if (cut) {
      const { looks = 0 } = at;
      const mayGoOn = looks < mostLooks && (send.length > 0 || (funds?.open ?? 0) > 0);
      if (!mayGoOn) return { cursor: null, counts, changes: outOfBudget(campaign, now) };
      return { cursor: { ...at, looks: send.length ? 0 : looks + 1 }, counts, at: plus(now, 'PT1M') };
    }
    if (next.over) return { cursor: null, counts, changes: finished(campaign, now) };
    return { cursor: next.at, counts, ...(next.wait ? { at: next.wait } : {}) };
  },
};
