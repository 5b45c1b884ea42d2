import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { events } from '#declared/events.ts';
import { idOf } from '../../events/ids.ts';
import { indexKeys } from '../shared/events/event-index.ts';
import { type Filing, filed } from '../shared/events/filed.ts';
import { internalTypes } from '../shared/events/subscribable.ts';
import { line } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { WebhookUrl } from '../shared/http/webhook-url.ts';
import { compile } from '../shared/patterns/pattern.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

const Name = z
  .string()
  .max(100)
  .regex(/^(\*|[a-z][a-z-]*\.(\*|[a-z][a-z-]*))$/, 'must be a type of event such as order.completed, order.* or *');

const Pattern = z
  .record(z.string(), z.unknown())
  .refine(pattern => JSON.stringify(pattern).length <= 4_000, 'is longer than 4,000 characters')
  .superRefine((pattern, context) => {
    try {
      compile(pattern);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
    }
  });

export const WebhookFields = z.strictObject({
  url: WebhookUrl,
  events: z
    .array(z.union([Name, Pattern]))
    .min(1)
    .max(50)
    .describe('types of events, with * for all or all of a noun, or patterns over events of the bus'),
  description: line(300).optional(),
});

export const Webhook = z.object({
  id: idOf('webhook'),
  ...WebhookFields.shape,
  state: z.enum(['on', 'off']),
  reason: z.string().describe('why it was switched off by itself').optional(),
  failingSince: Instant.describe('since when nothing was accepted').optional(),
  ...stamps,
});

const Secret = z.object({ secret: z.string(), until: Instant.optional() });

export const StoredWebhook = Webhook.extend({
  secrets: z.array(Secret),
  /** the reading scopes of who made or changed it last */
  shows: z.array(z.string()),
});
export type StoredWebhook = z.output<typeof StoredWebhook>;

export const webhooks = entity('webhook', StoredWebhook, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' } },
});

export const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

/** how long the secret before still signs */
const overlap = 'PT24H';

export const rotated = ({ secrets }: StoredWebhook, secret: string, now: string): StoredWebhook['secrets'] => [
  { secret },
  ...validSecrets({ secrets }, now).map(one => ({ secret: one, until: plus(now, overlap) })),
];

export const validSecrets = ({ secrets }: Pick<StoredWebhook, 'secrets'>, now: string) =>
  secrets.filter(({ until }) => !until || until > now).map(({ secret }) => secret);

type Wanted = StoredWebhook['events'][number];

const known = events.map(({ name }) => name).filter(name => !internalTypes.includes(name));

/** the types of events that a name means */
const typesOf = (name: string) =>
  name === '*'
    ? known
    : name.endsWith('.*')
      ? known.filter(type => type.startsWith(name.slice(0, -1)))
      : known.filter(type => type === name);

export const isKnown = (wanted: Wanted) => typeof wanted !== 'string' || typesOf(wanted).length > 0;

const patternOf = (wanted: Wanted): object =>
  typeof wanted === 'string' ? { 'detail-type': typesOf(wanted) } : wanted;

export type Subscription = { id: string; events: Wanted[] };

/** webhooks that are on, by the keys of their events */
export const subscribed = filed<Subscription>('webhook');

export const filingOf = ({ id, state, events: wanted }: StoredWebhook): Filing<Subscription> | undefined => {
  if (state === 'off') return undefined;
  const keys = wanted.includes('*') ? ['*'] : wanted.flatMap(one => indexKeys(patternOf(one)));
  return { id, keys: new Set(keys), definition: { id, events: wanted } };
};

/** whether an event of the bus is one that a webhook is for */
export const wants = ({ events: wanted }: Subscription, busEvent: { 'detail-type': string }) => {
  const type = busEvent['detail-type'];
  return wanted.some(one => (typeof one === 'string' ? typesOf(one).includes(type) : compile(one)(busEvent)));
};

/** what events tell of a webhook */
export const about = ({ url, events: wanted, state }: StoredWebhook) => ({
  host: new URL(url).host,
  events: wanted.map(one => (typeof one === 'string' ? one : JSON.stringify(one))),
  state,
});
