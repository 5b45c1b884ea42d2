import * as z from 'zod';
import {
  activityRequested,
  attributesRequested,
  caseRequested,
  journeyRequested,
  webhookRequested,
} from '../../events/action.ts';
import { ActivityKind } from '../../events/activity.ts';
import { Channel, Topic } from '../../events/customer.ts';
import { JourneyId, TemplateId } from '../../events/ids.ts';
import { leadRequested } from '../../events/lead.ts';
import { messageRequested } from '../../events/message.ts';
import { Money } from '../../events/money.ts';
import { pointsRequested } from '../../events/points.ts';
import { tagRequested } from '../../events/trigger.ts';
import type { Used } from '../customer-facts/use.ts';
import { attributeNamed } from '../customers/attributes/definition.ts';
import { withinReach } from '../customers/event-areas.ts';
import { CaseFields } from '../service/cases/case-fields.ts';
import { Key, line, prose, UserId } from '../shared/fields.ts';
import { WebhookUrl } from '../shared/http/webhook-url.ts';
import { type Change, emit } from '../shared/store/changes.ts';
import { Duration } from '../shared/time/duration.ts';

/** What triggers and journeys can do; each is requested by an event, and done once by the context that owns it. */
export const actionParts = {
  send: z
    .strictObject({
      templateId: TemplateId,
      topic: Topic.nullable().describe('null: transactional, needs no consent'),
      channel: Channel.optional().describe('that of the template'),
    })
    .optional(),
  set: z
    .record(z.string().max(100), z.json())
    .refine(values => Object.keys(values).length > 0, 'has no attribute')
    .refine(values => Object.keys(values).length <= 20, 'has more than 20 attributes')
    .describe('values by attribute, such as attributes.stage; null removes')
    .optional(),
  tag: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'a tag is 1 to 64 letters, digits, _ and -')
    .optional(),
  webhook: z
    .strictObject({ url: WebhookUrl, body: z.json().optional() })
    .refine(({ body = null }) => JSON.stringify(body).length <= 20_000, 'the body is longer than 20000 characters')
    .describe('a POST, signed by Standard Webhooks; texts of the body are Liquid')
    .optional(),
  lead: z
    .strictObject({
      source: line(200).optional(),
      interest: line(200).optional(),
      value: Money.optional(),
      ownerId: UserId.optional(),
    })
    .describe('one open lead of a customer for each trigger or journey')
    .optional(),
  case: CaseFields.pick({
    subject: true,
    description: true,
    language: true,
    productId: true,
    category: true,
    priority: true,
  })
    .extend({ type: CaseFields.shape.type.default('enquiry'), channel: line(40).default('automation') })
    .optional(),
  activity: z
    .strictObject({
      kind: ActivityKind.exclude(['note']).default('task'),
      subject: line(300),
      body: prose(20_000).optional(),
      dueIn: Duration.optional(),
      assignedTo: UserId.optional().describe('a user, or `owner`: the owner of the customer, if there is one'),
    })
    .describe('something to do for the customer: it is open until it is completed')
    .optional(),
  points: z
    .strictObject({ programme: Key, amount: z.int().min(1).max(1_000_000_000) })
    .describe('given to the customer, as earned in a loyalty programme')
    .optional(),
  start: JourneyId.describe('a journey that begins for the customer').optional(),
};

const Parts = z.object(actionParts);
export type Action = z.output<typeof Parts>;

export const actionNames = Object.keys(actionParts) as (keyof Action)[];

export const usesOf = ({ send, start }: Action): Used[] => [
  ...(send ? [{ kind: 'template' as const, id: send.templateId }] : []),
  ...(start ? [{ kind: 'journey' as const, id: start }] : []),
];

/** what a definition knows of its actions beside their own words: the channel of each template, and what its writer may read */
export type Resolved = { channels: Record<string, z.output<typeof Channel>>; shows: string[] };

type Asked = {
  customerId: string;
  /** id of the trigger or journey */
  cause: string;
  /** which of its steps, of which event or run: the same step does the same once */
  step: string;
  /** as templates see it */
  event?: Record<string, unknown> | undefined;
  /** further variables of templates */
  scope?: Record<string, unknown> | undefined;
  /** the public write key that brought it about */
  tracker?: string | undefined;
} & Resolved;

const journeyOf = (cause: string) => (cause.startsWith('jrn_') ? { journeyId: cause } : {});

/** values by the attributes' full names */
export const namedValues = (values: NonNullable<Action['set']>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [attributeNamed(name) ?? name, value]));

/** The requests that an action comes to. Pure. */
export const actionsOf = (action: Action, { customerId, cause, step, channels, shows, ...asked }: Asked): Change[] => {
  const { send, set, tag, webhook, lead, case: opened, activity, points, start } = action;
  const { event, scope, tracker } = asked;
  // the data of these are read by who reads marketing
  const seen = event && withinReach({ scopes: new Set(shows) }, event);
  const aware = seen ? { event: seen } : {};
  const to = { customerId, about: cause };
  const its = { cause, step };
  const led = { ...(event ? { event } : {}), ...(scope ? { scope } : {}) };
  const key = tracker ? { tracker } : {};
  if (send) {
    const { templateId, topic } = send;
    const content = { channel: channels[templateId]!, templateId, topic };
    return [emit(messageRequested, { ...to, data: { ...content, ...its, ...journeyOf(cause), ...led, ...key } })];
  }
  if (set) return [emit(attributesRequested, { ...to, data: { values: namedValues(set), ...its } })];
  if (tag) return [emit(tagRequested, { ...to, data: { tag } })];
  if (webhook) return [emit(webhookRequested, { ...to, data: { ...webhook, shows, ...its, ...led, ...aware } })];
  if (lead) return [emit(leadRequested, { ...to, data: { source: 'automation', ...lead, cause } })];
  if (opened) return [emit(caseRequested, { ...to, data: { ...opened, ...its } })];
  if (activity) return [emit(activityRequested, { ...to, data: { ...activity, ...its } })];
  if (points) return [emit(pointsRequested, { ...to, data: { ...points, ...its, ...key } })];
  if (start) return [emit(journeyRequested, { ...to, data: { journeyId: start, ...its, ...aware } })];
  return [];
};

/** the types of events that an action can lead to, which the same trigger or journey must not wait for without a pause */
export const consequences: Partial<Record<keyof Action, string[]>> = {
  lead: ['lead.created'],
  case: ['case.opened', 'case.classified', 'case.queued', 'case.assigned'],
  activity: ['activity.recorded'],
};
