import * as z from 'zod';
import { campaignSettingsChanged } from '../../events/campaign.ts';
import { Channel, Topic } from '../../events/customer.ts';
import { idOf, TemplateId } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { Condition } from '../shared/conditions/condition.ts';
import { Where } from '../shared/conditions/event-condition.ts';
import { filed } from '../shared/events/filed.ts';
import { line, prose, Slug, UserId } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { settings } from '../shared/store/settings.ts';
import { Span } from '../shared/time/duration.ts';
import { TimeOfDay } from '../shared/time/time-of-day.ts';

export const CampaignId = idOf('campaign');
const SegmentId = idOf('segment');

const sources = ['segmentId', 'listId', 'if'] as const;

const Audience = z
  .strictObject({
    segmentId: SegmentId.optional(),
    listId: idOf('list').optional(),
    if: Condition.optional(),
    contacts: z
      .strictObject({
        type: Slug.default('employer').describe('the relationship of people to the organisation'),
        roles: z.array(line(100)).min(1).max(20).optional().describe('their roles in it, such as buyer; default: any'),
      })
      .optional()
      .describe('reach, instead of the organisations in the audience, people who are related to them'),
  })
  .refine(
    audience => sources.filter(name => audience[name] !== undefined).length === 1,
    `must have exactly one of ${sources.join(', ')}`,
  );

const Variant = z.strictObject({ templateId: TemplateId, weight: z.number().positive().max(1_000_000).default(1) });

const Goal = z.strictObject({
  event: z.string().min(1).max(200),
  where: Where.optional(),
  within: Span,
});
export type Goal = z.output<typeof Goal>;

const Send = z.strictObject({
  at: Instant.optional().describe('not before'),
  localTime: TimeOfDay.optional().describe('the first such time at or after `at`, by the clock of each customer'),
  perMinute: z.int().min(1).max(100_000).optional(),
});

const fields = {
  name: line(200),
  description: prose(2000).optional(),
  owner: UserId.optional(),
  offer: line(200).optional().describe('what is offered'),
  budget: Money.optional(),
  costs: z
    .strictObject({ fixed: Money.optional(), perMessage: Money.optional() })
    .optional()
    .describe('what it costs, for results and return'),
  expected: z
    .strictObject({ conversionRate: z.number().min(0).max(1), revenue: Money })
    .partial()
    .optional(),
  segmentId: SegmentId.optional(),
  audience: Audience.optional(),
  variants: z.array(Variant).min(1, 'has no variant').max(10),
  topic: Topic.nullable().describe('null: a transactional message, which needs no consent'),
  holdout: z.number().min(0).max(0.9).default(0).describe('share of the audience that gets nothing, to compare with'),
  control: z
    .literal('global')
    .optional()
    .describe('also spares the customers whom no such campaign reaches: the same in all'),
  startAt: Instant.optional().describe('another name of `send.at`'),
  send: Send.optional(),
  goal: Goal.optional().describe('what counts as a conversion, and how long after sending'),
};

export const CampaignFields = z.strictObject(fields).superRefine((campaign, context) => {
  const { segmentId, audience, startAt, send, budget, costs } = campaign;
  const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  if ((segmentId === undefined) === (audience === undefined)) fault(['audience'], 'give either segmentId or audience');
  if (startAt && send?.at && startAt !== send.at) fault(['startAt'], 'differs from send.at: give one of them');
  const currencies = new Set([budget, costs?.fixed, costs?.perMessage].flatMap(one => one?.currency ?? []));
  if (currencies.size > 1)
    fault(['costs'], `must be in one currency, also of the budget: ${[...currencies].join(', ')}`);
});
export type CampaignFields = z.output<typeof CampaignFields>;

export const CampaignState = z.enum(['draft', 'submitted', 'approved', 'running', 'paused', 'cancelled', 'done']);

export const Campaign = z.object({
  id: CampaignId,
  ...fields,
  state: CampaignState,
  createdBy: z.string(),
  submittedBy: z.string().optional(),
  approvedBy: z.string().optional(),
  rejected: z.string().optional().describe('why it was not approved'),
  launchedAt: Instant.optional(),
  finishedAt: Instant.optional(),
  stopped: z.string().optional().describe('why it was paused, where nobody did that'),
  /** the job that does its next step: another one of the campaign does nothing any more */
  jobId: z.string().optional(),
  /** its audience is written down */
  drawn: z.literal(true).optional(),
  ...stamps,
});
export type Campaign = z.output<typeof Campaign>;

export const CampaignReply = Campaign.omit({ jobId: true, drawn: true });

export const campaigns = entity('campaign', Campaign, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' }, state: { by: ({ state }) => state } },
});

/** the goal of a launched campaign, filed under the keys of the events that can reach it */
export type ActiveGoal = { campaignId: string; goal: Goal };

export const activeGoals = filed<ActiveGoal>('campaign');

/** the names of variants, in their order */
export const variantName = (nth: number) => 'abcdefghij'[nth] as string;

export const audienceOf = ({ segmentId, audience }: CampaignFields): NonNullable<CampaignFields['audience']> =>
  audience ?? { segmentId };

export const CampaignRules = z.strictObject({
  approval: z.enum(['none', 'required']),
  costs: z
    .partialRecord(Channel, Money)
    .optional()
    .describe('what a message costs by channel, for campaigns that do not say'),
});

export type CampaignRules = z.output<typeof CampaignRules>;

export const CampaignSettings = z.object({ ...CampaignRules.shape, version: z.int().min(0) });

export const campaignSettings = settings('campaign', CampaignSettings, {
  untilSet: () => ({ approval: 'none' as const }),
  changed: campaignSettingsChanged,
});
