import * as z from 'zod';
import { campaignGoalOver } from '../../events/campaign.ts';
import {
  messageBounced,
  messageClicked,
  messageComplained,
  messageDelivered,
  messageFailed,
  messageOpened,
  messageSent,
  messageSkipped,
  messageUnsubscribed,
} from '../../events/message.ts';
import { Money } from '../../events/money.ts';
import { nullableFields } from '../customers/customer.ts';
import { notSubscribable } from '../shared/events/subscribable.ts';
import { line } from '../shared/fields.ts';
import { scopeMissing } from '../shared/http/api-error.ts';
import { creates, lists, on, onAll, onExternal, route, warning, work } from '../shared/http/contract.ts';
import { CampaignFields, CampaignReply, CampaignRules, CampaignSettings, CampaignState } from './campaign.ts';
import * as errors from './errors.ts';

export const about = 'Campaigns: a message to an audience, in variants, compared with a control group.';

const example = {
  name: 'Test drives in spring',
  audience: { if: { attribute: 'address.country', is: 'SG' } },
  variants: [
    { templateId: 'tpl_01jd5e7k3m9q2r4t6v8w0x1y2z', weight: 1 },
    { templateId: 'tpl_01jd5e7k3m9q2r4t6v8w0x1y3z', weight: 1 },
  ],
  topic: 'newsletter',
  holdout: 0.1,
  send: { localTime: '10:00', perMinute: 600 },
  goal: { event: 'order.created', within: 'P14D' },
  budget: { amount: 500_000, currency: 'SGD' },
};

const count = z.int();

const Group = z.object({
  audience: count,
  sent: count,
  delivered: count,
  opened: count,
  clicked: count,
  bounced: count,
  complained: count,
  unsubscribed: count,
  skipped: count,
  failed: count,
  converted: count,
  conversionRate: z.number().nullable().describe('of the audience, whether it got the message or not'),
  revenue: Money.nullable().describe('of conversions; null where there was none and the campaign has no currency'),
  otherRevenue: z.array(Money).describe('in other currencies'),
  cost: Money.nullable(),
});

const Balance = z.object({ amount: z.int(), currency: z.string() });

const Results = z.object({
  campaignId: z.string(),
  state: CampaignState,
  variants: z.array(
    Group.extend({
      variant: z.string(),
      templateId: z.string(),
      weight: z.number(),
      lift: z.number().nullable().describe('its conversion rate less that of the control group'),
      interval: z.tuple([z.number(), z.number()]).nullable().describe('of the lift, 95 %'),
      p: z.number().nullable(),
      method: z.string(),
    }),
  ),
  control: Group,
  variantsDiffer: z
    .object({ chiSquared: z.number(), p: z.number() })
    .nullable()
    .describe('whether the conversion rates of the variants differ'),
  profit: z
    .object({
      incremental: Balance.describe('revenue beyond what the control group lets expect'),
      cost: Balance,
      roi: z.number().nullable().describe('of the incremental revenue: 0.5 is half as much again as the cost'),
    })
    .nullable(),
});

const read = { scope: 'campaigns.read', reply: CampaignReply } as const;
const write = { scope: 'campaigns.write', reply: CampaignReply } as const;
const { name, variants, topic, holdout, ...optional } = CampaignFields.shape;

export const routes = {
  createCampaign: route('POST /v1/campaigns', {
    summary: 'Plan a campaign; it is a draft until it is launched',
    scope: 'campaigns.write',
    body: CampaignFields,
    reply: warning(CampaignReply),
    ...creates('/v1/campaigns'),
    errors: [scopeMissing],
    example,
  }),
  listCampaigns: route('GET /v1/campaigns', {
    summary: 'List campaigns, newest first',
    scope: 'campaigns.read',
    ...lists(CampaignReply, { state: CampaignState.optional() }),
  }),
  readCampaign: route('GET /v1/campaigns/{id}', { summary: 'Read a campaign', ...read }),
  changeCampaign: route('PATCH /v1/campaigns/{id}', {
    summary: 'Change the draft of a campaign (JSON Merge Patch; each field is replaced as a whole)',
    scope: 'campaigns.write',
    body: z.strictObject({
      name: name.optional(),
      variants: variants.optional(),
      topic: topic.optional(),
      holdout: holdout.unwrap().optional(),
      ...nullableFields(optional),
    }),
    reply: warning(CampaignReply),
    errors: [errors.campaignNotDraft, scopeMissing],
    example: { holdout: 0.2 },
  }),
  removeCampaign: route('DELETE /v1/campaigns/{id}', {
    summary: 'Delete the draft of a campaign',
    ...write,
    errors: [errors.campaignNotDraft],
  }),
  submitCampaign: route('POST /v1/campaigns/{id}/submit', {
    summary: 'Submit a campaign for approval',
    ...write,
    errors: [errors.campaignNotDraft],
  }),
  approveCampaign: route('POST /v1/campaigns/{id}/approve', {
    summary: 'Approve a submitted campaign, so that it may be launched',
    scope: 'campaigns.admin',
    reply: CampaignReply,
    errors: [errors.campaignNotSubmitted],
  }),
  rejectCampaign: route('POST /v1/campaigns/{id}/reject', {
    summary: 'Return a submitted campaign with a reason; it is a draft again',
    scope: 'campaigns.admin',
    body: z.strictObject({ reason: line(500) }),
    reply: CampaignReply,
    errors: [errors.campaignNotSubmitted],
    example: { reason: 'The offer ends before the campaign' },
  }),
  launchCampaign: route('POST /v1/campaigns/{id}/launch', {
    summary: 'Launch a campaign, once: its audience is taken now, and sent to when the plan says',
    ...write,
    errors: [errors.campaignLaunchedBefore, errors.campaignNotApproved, errors.campaignOver],
  }),
  pauseCampaign: route('POST /v1/campaigns/{id}/pause', {
    summary: 'Pause a campaign: nothing more is sent until it is resumed',
    ...write,
    errors: [errors.campaignNotRunning, errors.campaignOver],
  }),
  resumeCampaign: route('POST /v1/campaigns/{id}/resume', {
    summary: 'Resume a paused campaign: what is left is sent',
    ...write,
    errors: [errors.campaignNotPaused, errors.campaignOver],
  }),
  cancelCampaign: route('POST /v1/campaigns/{id}/cancel', {
    summary:
      'Cancel a campaign for good: nothing more is sent, nor what waits for a window or a quiet hour to end; results of what was sent are kept',
    ...write,
    errors: [errors.campaignOver],
  }),
  readResults: route('GET /v1/campaigns/{id}/results', {
    summary: 'Read the results of a campaign so far, by variant and compared with its control group',
    scope: 'campaigns.read',
    reply: Results,
  }),
  readCampaignSettings: route('GET /v1/settings/campaigns', {
    summary: 'Read whether campaigns need approval',
    scope: 'settings.read',
    reply: CampaignSettings,
  }),
  putCampaignSettings: route('PUT /v1/settings/campaigns', {
    summary: 'Decide whether campaigns need approval before they are launched',
    scope: 'settings.admin',
    body: CampaignRules,
    reply: CampaignSettings,
    example: { approval: 'required' },
  }),
};

export const subscriptions = {
  countMessage: on(
    [
      messageSent,
      messageDelivered,
      messageOpened,
      messageClicked,
      messageBounced,
      messageComplained,
      messageUnsubscribed,
      messageSkipped,
      messageFailed,
    ],
    'counts what became of the messages of campaigns',
  ),
  countConversion: onAll('counts the customers of campaigns who reach the goal', [], {
    except: notSubscribable,
  }),
  endGoal: on([campaignGoalOver], 'stops counting conversions when the time for them is over'),
  launchFromBus: onExternal({ bus: 'inbound', detailType: ['campaign.launch'] }, 'launches campaigns from the bus'),
};

export const works = {
  'campaign-audience': work('writes down the audience of a campaign'),
  'campaign-send': work('requests the messages of a campaign'),
};
