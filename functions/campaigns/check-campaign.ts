import { usableTemplates } from '../content/template.ts';
import { checkCondition, refuseOrWarn } from '../customer-facts/check-condition.ts';
import { type KnownNames, namesKnownTo, type Unknown } from '../customer-facts/known-names.ts';
import { rejectUnreadableData } from '../customers/event-areas.ts';
import { redactionFor } from '../customers/reads.ts';
import { rejectRevealing } from '../customers/revealing.ts';
import { listNotFound } from '../lists/errors.ts';
import { visibleList } from '../lists/list.ts';
import { needType } from '../relationships/relationship-type.ts';
import { typeOf } from '../shared/conditions/event-condition.ts';
import { isSubscribable } from '../shared/events/subscribable.ts';
import { isProblem } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { isSegment } from './audience-segment.ts';
import { audienceOf, type CampaignFields, campaignSettings, type Goal } from './campaign.ts';

const segmentFaults = async (id: CampaignFields['segmentId'], path: string, { store }: Ctx): Promise<Unknown[]> =>
  !id || (await isSegment(store, id)) ? [] : [{ path, message: `there is no segment ${id}` }];

const listFaults = async (listId: string | undefined, ctx: Ctx): Promise<Unknown[]> => {
  if (!listId) return [];
  try {
    const { where } = await visibleList(ctx, listId);
    await checkCondition(where, 'audience.listId', ctx);
    return [];
  } catch (error) {
    if (!isProblem(error, listNotFound)) throw error;
    return [{ path: 'audience.listId', message: `there is no list ${listId}` }];
  }
};

const variantFaults = async ({ variants, topic }: CampaignFields, names: KnownNames, ctx: Ctx): Promise<Unknown[]> => {
  const ids = [...new Set(variants.map(({ templateId }) => templateId))];
  const found = new Map((await usableTemplates(ctx.store, ids)).map(template => [template.id, template]));
  return variants.flatMap(({ templateId }, nth) => {
    const path = `variants.${nth}.templateId`;
    const template = found.get(templateId);
    if (!template) return [{ path, message: `there is no template ${templateId}` }];
    return topic === null ? [] : names.topic({ channel: template.channel, topic }, 'topic');
  });
};

const goalFaults = (goal: Goal | undefined, names: KnownNames): Unknown[] => {
  if (!goal) return [];
  const type = typeOf(goal.event);
  if (!isSubscribable(type)) {
    return [{ path: 'goal.event', message: `${type} is no sign of what a customer does` }];
  }
  return names.inEvent(goal).map(one => ({ ...one, path: `goal.${one.path}` }));
};

/** a budget is spent by what messages cost */
const budgetFaults = async ({ budget, costs }: CampaignFields, { store }: Ctx): Promise<Unknown[]> => {
  if (!budget || costs?.perMessage || (await campaignSettings.of(store)).costs) return [];
  const message = 'stops nothing: no message costs anything. Give costs.perMessage, or costs in /v1/settings/campaigns';
  return [{ path: 'budget', message, later: true }];
};

/** refuses a goal whose conversions would reveal what the caller may not read */
const rejectRevealingGoal = async ({ event, where }: Goal, ctx: Ctx) => {
  if (!where) return;
  (await redactionFor(ctx)).rejectHiddenPattern(where);
  rejectUnreadableData(ctx, typeOf(event));
};

/** Refuses a campaign that can never work, with everything that is wrong with it, or that its author may not know of. */
export const checkCampaign = async (campaign: CampaignFields, ctx: Ctx): Promise<void> => {
  const { segmentId, listId, if: where, contacts } = audienceOf(campaign);
  const names = await namesKnownTo(ctx.store);
  const faults = await Promise.all([
    segmentFaults(segmentId, campaign.segmentId ? 'segmentId' : 'audience.segmentId', ctx),
    listFaults(listId, ctx),
    variantFaults(campaign, names, ctx),
    goalFaults(campaign.goal, names),
    budgetFaults(campaign, ctx),
  ]);
  await Promise.all([
    checkCondition(where, 'audience.if', ctx),
    rejectRevealing(segmentId ? [{ segment: segmentId }] : [], ctx),
    campaign.goal ? rejectRevealingGoal(campaign.goal, ctx) : undefined,
    contacts ? needType(ctx.store, contacts.type, 'audience.contacts.type') : undefined,
  ]);
  refuseOrWarn(faults.flat(), ctx);
};
