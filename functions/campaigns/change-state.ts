import { campaignGoalOver, campaignLaunched } from '../../events/campaign.ts';
import { templates } from '../content/template.ts';
import { keysOfEvent } from '../shared/conditions/event-keys.ts';
import type { Filing } from '../shared/events/filed.ts';
import type { Ctx } from '../shared/http/context.ts';
import { startJob } from '../shared/jobs/job.ts';
import { type Change, eventOf, schedule, update, updated } from '../shared/store/changes.ts';
import type { Changed } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';
import {
  type ActiveGoal,
  activeGoals,
  type Campaign,
  type CampaignRules,
  campaignSettings,
  campaigns,
} from './campaign.ts';
import { campaignLaunchedBefore, campaignNotApproved, campaignOver } from './errors.ts';

export const filingOf = ({ id, goal }: Campaign): Filing<ActiveGoal> | undefined =>
  goal && { id, keys: keysOfEvent(goal), definition: { campaignId: id, goal } };

/** the longest that a message waits from its request until it is sent */
const longestWait = 'P8D';

/** when no customer can reach the goal any more */
export const goalEnds = ({ id, goal }: Campaign, now: string): Change[] =>
  goal ? [schedule(plus(plus(now, longestWait), goal.within), campaignGoalOver, { about: id, data: {} })] : [];

const isLaunchable = { draft: true, approved: true } as Record<Campaign['state'], boolean | undefined>;

type Work = 'campaign-audience' | 'campaign-send';

/** a campaign whose next step a new job does; any older one does nothing any more */
export const withJob = (campaign: Campaign, kind: Work, { now, actor }: Pick<Ctx, 'now' | 'actor'>) => {
  const { job, changes } = startJob(now, { kind, by: actor, input: { campaignId: campaign.id } });
  return { campaign: { ...campaign, jobId: job.id }, changes };
};

/** with what the dearest of its channels costs, where the campaign does not say what a message does */
const costsOf = async ({ budget, costs, variants }: Campaign, usual: CampaignRules['costs'], store: Store) => {
  if (costs?.perMessage || !usual) return costs;
  const used = await store.getByIds(templates, [...new Set(variants.map(({ templateId }) => templateId))]);
  const currency = (budget ?? costs?.fixed)?.currency;
  const fitting = used
    .flatMap(({ channel }) => usual[channel] ?? [])
    .filter(one => !currency || one.currency === currency);
  const [perMessage] = fitting.toSorted((a, b) => b.amount - a.amount);
  return perMessage ? { ...costs, perMessage } : costs;
};

/** Launches a campaign: from now on its audience is fixed. Once. */
export const launched = async (before: Campaign, ctx: Ctx): Promise<Changed<Campaign>> => {
  const { now, store } = ctx;
  if (before.launchedAt) throw campaignLaunchedBefore();
  if (before.state === 'cancelled') throw campaignOver();
  const { approval, costs: usual } = await campaignSettings.of(store);
  if (!isLaunchable[before.state] || (approval === 'required' && before.state !== 'approved')) {
    throw campaignNotApproved();
  }
  const costs = await costsOf(before, usual, store);
  const running = updated(now, before, { state: 'running', launchedAt: now, ...(costs ? { costs } : {}) });
  const { campaign: after, changes } = withJob(running, 'campaign-audience', ctx);
  return {
    after,
    changes: [
      update(campaigns, before, after),
      ...changes,
      ...activeGoals.changes(undefined, filingOf(after)),
      eventOf(campaignLaunched, after),
    ],
  };
};
