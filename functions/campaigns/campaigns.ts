import {
  campaignApproved,
  campaignCancelled,
  campaignChanged,
  campaignCreated,
  campaignPaused,
  campaignRejected,
  campaignRemoved,
  campaignResumed,
  campaignSubmitted,
} from '../../events/campaign.ts';
import type { EventType } from '../../events/define.ts';
import { newId } from '../../events/ids.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { created, eventOf, insert, remove, update, updated } from '../shared/store/changes.ts';
import { changeById, readById, replaced } from '../shared/store/records.ts';
import { segmentsUsed } from './audience-segment.ts';
import { messagesOpen } from './budget.ts';
import { type Campaign, CampaignFields, campaignSettings, campaigns } from './campaign.ts';
import { goalEnds, launched, withJob } from './change-state.ts';
import { checkCampaign } from './check-campaign.ts';
import { routes } from './contract.ts';
import {
  campaignNotDraft,
  campaignNotPaused,
  campaignNotRunning,
  campaignNotSubmitted,
  campaignOver,
} from './errors.ts';
import { campaignResults } from './recipient.ts';
import { readResults } from './results.ts';

const mustBeDraft = ({ state }: Campaign) => {
  if (state !== 'draft') throw campaignNotDraft();
};

const mustBeSubmitted = ({ state }: Campaign) => {
  if (state !== 'submitted') throw campaignNotSubmitted();
};

const mustNotBeOver = ({ state }: Campaign) => {
  if (state === 'cancelled' || state === 'done') throw campaignOver();
};

const mustBeRunning = (campaign: Campaign) => {
  mustNotBeOver(campaign);
  if (campaign.state !== 'running') throw campaignNotRunning();
};

const unchanged = (after: Campaign) => ({ after, changes: [] });

type Command = {
  to: Campaign['state'];
  event: EventType<(typeof campaignSubmitted)['data']>;
  refuse: (before: Campaign) => void;
};

/** A command that brings a campaign to a state; again it changes nothing. */
const command = ({ to, event, refuse }: Command, fields: (ctx: Ctx) => Partial<Campaign> = () => ({})) =>
  changeById(campaigns, (before, _, ctx) => {
    if (before.state === to) return unchanged(before);
    refuse(before);
    const after = updated(ctx.now, before, { state: to, ...fields(ctx) });
    return { after, changes: [update(campaigns, before, after), eventOf(event, after)] };
  });

export const campaignHandlers = handlers(routes, {
  createCampaign: async ({ body }, ctx) => {
    const { now, actor, store } = ctx;
    await checkCampaign(body, ctx);
    const campaign: Campaign = created(now, {
      ...body,
      id: newId('campaign', now),
      state: 'draft' as const,
      createdBy: actor,
    });
    return store.commit(
      [insert(campaigns, campaign), ...segmentsUsed(undefined, campaign), eventOf(campaignCreated, campaign)],
      campaign,
    );
  },
  listCampaigns: ({ query: { state, ...paging } }, { store }) =>
    state ? store.list(campaigns, 'state', state, paging) : store.list(campaigns, 'all', 'all', paging),
  readCampaign: readById(campaigns),
  changeCampaign: changeById(campaigns, async (before, patch, ctx) => {
    // more may be spent
    const isBudget = before.state === 'paused' && Object.keys(patch as object).every(name => name === 'budget');
    if (!isBudget) mustBeDraft(before);
    const after = replaced(ctx.now, CampaignFields, before, patch);
    if (!after) return unchanged(before);
    await checkCampaign(after, ctx);
    return {
      after,
      changes: [update(campaigns, before, after), ...segmentsUsed(before, after), eventOf(campaignChanged, after)],
    };
  }),
  removeCampaign: changeById(campaigns, campaign => {
    mustBeDraft(campaign);
    return {
      after: campaign,
      changes: [remove(campaigns, campaign), ...segmentsUsed(campaign, undefined), eventOf(campaignRemoved, campaign)],
    };
  }),
  submitCampaign: command({ to: 'submitted', event: campaignSubmitted, refuse: mustBeDraft }, ({ actor }) => ({
    submittedBy: actor,
    rejected: undefined,
  })),
  approveCampaign: command({ to: 'approved', event: campaignApproved, refuse: mustBeSubmitted }, ({ actor }) => ({
    approvedBy: actor,
  })),
  rejectCampaign: changeById(campaigns, (before, { reason }: { reason: string }, { now }) => {
    mustBeSubmitted(before);
    const after = updated(now, before, { state: 'draft', rejected: reason });
    return { after, changes: [update(campaigns, before, after), eventOf(campaignRejected, after, { reason })] };
  }),
  launchCampaign: changeById(campaigns, (before, _, ctx) => launched(before, ctx)),
  pauseCampaign: command({ to: 'paused', event: campaignPaused, refuse: mustBeRunning }),
  resumeCampaign: changeById(campaigns, (before, _, ctx) => {
    if (before.state === 'running') return unchanged(before);
    mustNotBeOver(before);
    if (before.state !== 'paused') throw campaignNotPaused();
    const running = updated(ctx.now, before, { state: 'running', stopped: undefined });
    // an audience that is still written down is sent to afterwards
    const { campaign: after, changes } = before.drawn
      ? withJob(running, 'campaign-send', ctx)
      : { campaign: running, changes: [] };
    return { after, changes: [update(campaigns, before, after), ...changes, eventOf(campaignResumed, after)] };
  }),
  cancelCampaign: changeById(campaigns, async (before, _, { now, store }) => {
    const isRequested = before.state === 'done';
    if (!isRequested) mustNotBeOver(before);
    else if (!messagesOpen(before, await campaignResults.read(store, before.id))) throw campaignOver();
    const after = updated(now, before, { state: 'cancelled', finishedAt: now });
    const ends = [...segmentsUsed(before, after), ...(before.launchedAt && !isRequested ? goalEnds(after, now) : [])];
    return { after, changes: [update(campaigns, before, after), ...ends, eventOf(campaignCancelled, after)] };
  }),
  readResults,
  readCampaignSettings: (_, { store }) => campaignSettings.of(store),
  putCampaignSettings: ({ body }, { store }) => campaignSettings.replace(store, body),
});
