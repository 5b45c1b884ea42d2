import type { EventType } from '../../events/define.ts';
import {
  type TrackedIdentity,
  trackedAlias,
  trackedGroup,
  trackedIdentify,
  trackedPage,
  trackedScreen,
  trackedTrack,
} from '../../events/tracked.ts';
import { tooDeep } from '../shared/http/parse.ts';
import { storable } from '../shared/http/storable.ts';
import { isObject, type Json } from '../shared/json.ts';
import { campaignOf } from './campaign.ts';
import { type Kind, kinds } from './endpoints.ts';
import { limits } from './read-body.ts';
import { instantOf, type Times } from './tracked-time.ts';

export type Message = {
  index: number;
  kind: Kind;
  messageId: string | undefined;
  identity: TrackedIdentity;
  times: Times;
  event: EventType;
  data: Json;
  /** a signature of the user id, which is not stored */
  proof?: string | undefined;
};

export type Rejected = { index: number; type: string | null; messageId: string | null; reason: string };

/** the stored fields of a call's context: those that Segment documents */
const contextFields = [
  'active',
  'app',
  'campaign',
  'consent',
  'device',
  'groupId',
  'ip',
  'library',
  'locale',
  'location',
  'network',
  'os',
  'page',
  'referrer',
  'screen',
  'timezone',
  'traits',
  'userAgent',
];

const clientSide = new Set(['web', 'browser', 'mobile', 'client']);

/** the sender of the request; it is the visitor only where the visitor's own device sent it */
export type Client = {
  ip?: string | undefined;
  userAgent?: string | undefined;
  browser: boolean;
  image?: true;
  /** what its browser says of all sites */
  signals?: ('gpc' | 'dnt')[];
};

const isVisitors = (context: Json, channel: unknown, { browser }: Client) =>
  browser || context.direct === true || clientSide.has(channel as string);

const trackedContext = ({ context, channel, properties }: Json, client: Client): Json => {
  const given: Json = isObject(context) ? context : {};
  const { ip, userAgent } = client;
  const filled: Json = isVisitors(given, channel, client) ? { ip, userAgent, ...given } : { ...given };
  const campaign = campaignOf(filled, properties);
  if (campaign) filled.campaign = campaign;
  return Object.fromEntries(
    contextFields.flatMap(name => (filled[name] === undefined || filled[name] === null ? [] : [[name, filled[name]]])),
  );
};

/** what the calls of a request have in common; `relayedAt`: when it reached a system that passed it on to us */
export type CallContext = { sentAt?: unknown; context?: unknown; relayedAt?: string; client: Client };

const mostIdLength = 256;

const text = (value: unknown): string | undefined => {
  const given = typeof value === 'number' ? String(value) : value;
  return typeof given === 'string' && given.trim() ? given.trim() : undefined;
};

/** what code without a value sends in place of an id: as an id it would join strangers */
const placeholder =
  /^(undefined|\(?null\)?|nan|none|<?nil>?|true|false|0|-1|anonymous|guest|unknown|not_authenticated|distinct_?id|id|email|""|''|\{\}|\[\]|[0-]{8,}|\[object .*\]|\{\{.*\}\})$/i;

const id = (value: unknown): string | undefined => {
  const given = text(value);
  return given && !placeholder.test(given) ? given : undefined;
};

type Parsed = Json & { userId?: string | undefined; anonymousId?: string | undefined; context: Json };

const object = (value: unknown) => (isObject(value) ? value : {});

/** the event of a page or screen is its name, else its path, title or address */
const pageData = (kind: 'page' | 'screen', { name, category, properties, context }: Parsed) => {
  const { path, title, url } = { ...object(context.page), ...object(properties) } as Json;
  const { category: own = category } = object(properties);
  return {
    event: text(name) ?? text(path) ?? text(title) ?? text(url) ?? kind,
    properties: { ...object(properties), ...(text(own) ? { category: own } : {}) },
    context,
  };
};

const idsOf = ({ userId, anonymousId }: Parsed) => ({ userId: userId ?? null, anonymousId: anonymousId ?? null });

const eventsOf: Record<Kind, { event: EventType; data: (call: Parsed) => Json }> = {
  track: {
    event: trackedTrack,
    data: ({ event, properties, context }) => ({ event: text(event), properties: object(properties), context }),
  },
  page: { event: trackedPage, data: call => pageData('page', call) },
  screen: { event: trackedScreen, data: call => pageData('screen', call) },
  identify: {
    event: trackedIdentify,
    // some SDKs send the traits of an identify call in its context alone
    data: ({ context: { traits: copied, ...context }, ...call }) => ({
      ...idsOf({ ...call, context }),
      traits: { ...object(copied), ...object(call.traits) },
      context,
    }),
  },
  group: {
    event: trackedGroup,
    data: call => ({ ...idsOf(call), groupId: id(call.groupId), traits: object(call.traits), context: call.context }),
  },
  alias: {
    event: trackedAlias,
    data: ({ userId, previousId, anonymousId, context }) => ({
      userId,
      previousId: id(previousId) ?? anonymousId,
      context,
    }),
  },
};

const objects = ['properties', 'traits', 'context'] as const;
const ids = ['userId', 'anonymousId', 'previousId', 'groupId'] as const;

const faultOf = (kind: unknown, call: Json): string | undefined => {
  if (!kinds.includes(kind as Kind)) return `type is not one of ${kinds.join(', ')}`;
  if (tooDeep(call)) return 'is nested too deep';
  if (Buffer.byteLength(JSON.stringify(call)) > limits.call) return `is larger than ${limits.call} bytes`;
  const bad = objects.find(name => call[name] !== undefined && call[name] !== null && !isObject(call[name]));
  if (bad) return `${bad} is not an object`;
  const long = ids.find(name => (text(call[name])?.length ?? 0) > mostIdLength);
  if (long) return `${long} is longer than ${mostIdLength} characters`;
  if (!id(call.userId) && !id(call.anonymousId)) return 'has neither userId nor anonymousId';
  if (kind === 'track' && !text(call.event)) return 'a track call needs event, a text';
  if (kind === 'group' && !id(call.groupId)) return 'a group call needs groupId';
  if (kind === 'alias' && !id(call.userId)) return 'an alias call needs userId';
  if (kind === 'alias' && !id(call.previousId) && !id(call.anonymousId)) return 'an alias call needs previousId';
};

const named = (given: string | undefined, most: number) => given?.slice(0, most).toWellFormed() ?? null;

/** a rejection is not found by an erasure: an id is shown where a program made it, as SDKs do */
const isGenerated = (messageId: string) =>
  /^[a-z-]{0,24}(?:\d{9,16}-?)?(?:[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|[0-9a-f]{32})$/i.test(messageId);

export const messageOf = (given: unknown, kind: unknown, index: number, common: CallContext): Message | Rejected => {
  const call: Json = isObject(given) ? { ...given } : {};
  if (common.context !== undefined) call.context = { ...object(common.context), ...object(call.context) };
  const messageId = text(call.messageId);
  const reason = isObject(given) ? faultOf(kind, call) : 'is not an object';
  if (reason) {
    const shown = messageId && isGenerated(messageId) ? messageId : undefined;
    return { index, type: named(text(kind), 40), messageId: named(shown, 100), reason };
  }
  const { event, data } = eventsOf[kind as Kind];
  const [userId, anonymousId] = [id(call.userId), id(call.anonymousId)];
  const context = trackedContext(call, common.client);
  const read = storable({ ...call, userId, anonymousId, context }) as Parsed;
  return {
    index,
    kind: kind as Kind,
    messageId,
    // a user id names the person; an anonymous id beside it only the device
    identity: userId
      ? { type: 'externalId', value: read.userId as string }
      : { type: 'anonymousId', value: read.anonymousId as string },
    times: {
      timestamp: instantOf(call.timestamp) ?? instantOf(call.originalTimestamp),
      sentAt: instantOf(common.sentAt) ?? instantOf(call.sentAt),
      relayedAt: instantOf(common.relayedAt),
    },
    event,
    data: data(read),
    ...(kind === 'identify' && userId ? { proof: text(object(call.context).proof) } : {}),
  };
};
