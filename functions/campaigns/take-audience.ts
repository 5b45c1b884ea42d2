import type { StoredCustomer } from '../customers/customer.ts';
import { messagingSettings, zoneOf } from '../messaging/settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { SliceCtx, Work } from '../shared/jobs/work.ts';
import { chunksOf, mapConcurrent } from '../shared/map-concurrent.ts';
import { insert, sumOf, update, updated } from '../shared/store/changes.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { plus } from '../shared/time/duration.ts';
import { audiencePage } from './audience.ts';
import { membersUntil } from './audience-segment.ts';
import { audienceOf, type Campaign, campaigns } from './campaign.ts';
import { withJob } from './change-state.ts';
import { draw, dueAt } from './draw.ts';
import { campaignResults, countsOf, type Recipient, recipients, type Shard, shards } from './recipient.ts';

const peoplePerSlice = 400;
const together = 4;

/** what one transaction takes: each recipient and its request, or two changes of one who is spared */
const mostMembers = 45;

type Rules = Awaited<ReturnType<typeof messagingSettings.of>>;

type Chosen = { person: StoredCustomer; recipient: Recipient; spared: string | undefined };

const chosenOf = (campaign: Campaign, person: StoredCustomer, { control }: Rules): Chosen => {
  const { id: customerId } = person;
  const { arm, spared } = draw(campaign, customerId, control);
  return {
    person,
    recipient: { customerId, campaignId: campaign.id, arm, drawnAs: customerId, marks: [], version: 1 },
    spared,
  };
};

const shardsOf = (campaign: Campaign, chosen: Chosen[], rules: Rules) => {
  const { id: campaignId, launchedAt = '' } = campaign;
  const byTime = Map.groupBy(chosen, ({ person }) => dueAt(campaign, launchedAt, zoneOf(person, rules)));
  return [...byTime].map(([due, group]): Shard => {
    const members = group.map(({ recipient: { customerId, arm }, spared }) => ({
      customerId,
      arm,
      ...(spared ? { spared } : {}),
    }));
    return { campaignId, dueAt: due, members, done: 0, version: 1 };
  });
};

/** Writes down those who are not yet: recipient, shard and counts in one transaction, so that each is in one shard. */
const writeDown = async (campaign: Campaign, people: StoredCustomer[], rules: Rules, { store }: Ctx) => {
  const campaignId = campaign.id;
  const there = await store.getAll(
    recipients,
    people.map(({ id: customerId }) => ({ campaignId, customerId })),
  );
  const known = new Set(there.map(({ customerId }) => customerId));
  const chosen = people.filter(({ id }) => !known.has(id)).map(person => chosenOf(campaign, person, rules));
  const [first] = chosen;
  if (!first) return;
  await store.commit([
    ...chosen.map(({ recipient }) => insert(recipients, recipient)),
    ...shardsOf(campaign, chosen, rules).map(shard => insert(shards, shard)),
    ...campaignResults.add(campaignId, first.person.id, sumOf(chosen.map(({ recipient }) => countsOf(recipient)))),
  ]);
};

/** `asOf`: the launch, or when the segment was built that was not yet */
type At = { asOf?: string; walk: string | null; again?: true };

const mostPolls = 100;

/** while the segment is built, its members are not known: another look soon, or in a while if it takes long */
const lookAgain = ({ slice }: Job, now: string) => ({
  cursor: { walk: null },
  ...(slice > mostPolls ? { at: plus(now, 'PT10S') } : {}),
});

export const campaignOf = async ({ id, input }: Job, { store }: Ctx): Promise<Campaign | undefined> => {
  const { campaignId } = input as { campaignId: string };
  const campaign = await store.get(campaigns, { id: campaignId });
  return campaign?.jobId === id ? campaign : undefined;
};

/** the audience is complete: it is sent to, unless the campaign is paused */
const drawn = (before: Campaign, ctx: SliceCtx) => {
  const complete = updated(ctx.now, before, { drawn: true });
  if (before.state !== 'running') return [update(campaigns, before, complete)];
  const { campaign: after, changes } = withJob(complete, 'campaign-send', ctx);
  return [update(campaigns, before, after), ...changes];
};

const meantUntil = async (campaign: Campaign, { now, store }: Ctx) => {
  const { segmentId } = audienceOf(campaign);
  const { launchedAt = now } = campaign;
  return segmentId ? membersUntil(store, segmentId, launchedAt) : launchedAt;
};

/** Writes down the audience of a campaign, and the first page once more: what came last may have been late in the index. */
export const takeAudience: Work = {
  async slice(job, ctx) {
    const campaign = await campaignOf(job, ctx);
    if (!campaign || campaign.state === 'cancelled') return { cursor: null };
    const known = (job.cursor as At | null) ?? { walk: null };
    const { walk, again } = known;
    const asOf = known.asOf ?? (await meantUntil(campaign, ctx));
    if (!asOf) return lookAgain(job, ctx.now);
    const paging = { limit: ctx.perSlice(peoplePerSlice), ...(walk ? { cursor: walk } : {}) };
    const [{ people, nextCursor }, rules] = await Promise.all([
      audiencePage(campaign, asOf, paging, ctx),
      messagingSettings.of(ctx.store),
    ]);
    await mapConcurrent(chunksOf(people, mostMembers), together, chunk =>
      retryOnConflict(() => writeDown(campaign, chunk, rules, ctx)),
    );
    const counts = { looked: people.length };
    if (again) return { cursor: null, counts, changes: drawn(campaign, ctx) };
    const next: At = nextCursor === null ? { asOf, walk: null, again: true } : { asOf, walk: nextCursor };
    return { cursor: next, counts };
  },
};
