import * as z from 'zod';
import { customerCreated, customerUpdated, identityLinked } from '../../events/customer.ts';
import { identitySettled } from '../../events/tracked.ts';
import { BusRules, BusSettings } from '../shared/events/bus-sources.ts';
import { lists, on, onExternal, route } from '../shared/http/contract.ts';
import { DroppedDay } from './dropped-calls.ts';
import { type Accepts, endpoints, kinds, pixels } from './endpoints.ts';
import { TrackingRules, TrackingSettings } from './recording-rules.ts';
import { Rejection } from './rejection.ts';
import { WriteKey } from './write-key.ts';

/** the reply to trackers; they look at the status only */
const Reply = z.object({ success: z.boolean(), message: z.string().optional(), code: z.string().optional() });

// trackers add parameters of their own
const AnyQuery = z.record(z.string(), z.string());

const WriteKeyReply = WriteKey.omit({ hash: true, updatedAt: true });

const call = {
  messageId: 'ajs-next-1793433600000-6a3c',
  timestamp: '2026-11-01T08:00:00.000Z',
  userId: 'u-1001',
  context: { page: { url: 'https://auto.example/cars/ax-7' } },
};

const examples: Record<Accepts, object> = {
  identify: { ...call, traits: { email: 'ada@example.com', firstName: 'Ada' } },
  track: { ...call, event: 'Product Viewed', properties: { sku: 'AX-7', price: 129900 } },
  page: { ...call, name: 'Test drive', properties: { path: '/test-drive' } },
  screen: { ...call, name: 'My car' },
  group: { ...call, groupId: 'fleet-7', traits: { name: 'Marina Fleet' } },
  alias: { messageId: call.messageId, timestamp: call.timestamp, userId: 'u-1001', previousId: '7f3c0a52' },
  batch: { batch: [{ ...call, type: 'track', event: 'Product Viewed' }], sentAt: '2026-11-01T08:00:05.000Z' },
};

const post = ({ path, accepts }: { path: string; accepts: Accepts }) =>
  route(`POST ${path}` as 'POST /', {
    summary: `Track: ${accepts} (Segment's HTTP API)`,
    auth: 'writeKey',
    rawBody: true,
    query: AnyQuery,
    reply: Reply,
    example: examples[accepts],
  });

const pixel = ({ path, accepts }: { path: string; accepts: Accepts }) =>
  route(`GET ${path}` as 'GET /', {
    summary: `Track: ${accepts} by an image. The call is base64 JSON in \`data\`, or its fields are parameters`,
    auth: 'writeKey',
    query: AnyQuery,
    reply: z.string(),
    produces: 'image/gif',
  });

export type TrackingRoute = ReturnType<typeof post>;
export type PixelRoute = ReturnType<typeof pixel>;

const each = <Declared, Made>(table: Record<string, Declared>, make: (declared: Declared) => Made) =>
  Object.fromEntries(Object.entries(table).map(([name, declared]) => [name, make(declared)]));

export const tracking = { ...each(endpoints, post), ...each(pixels, pixel) };

export const managementRoutes = {
  createWriteKey: route('POST /v1/write-keys', {
    summary: 'Create a write key for trackers. The key is shown only in this reply',
    scope: 'settings.admin',
    body: z.strictObject({ name: WriteKey.shape.name, kind: WriteKey.shape.kind }),
    reply: WriteKeyReply.extend({ key: z.string() }),
    status: 201,
    example: { name: 'web shop', kind: 'public' },
  }),
  listWriteKeys: route('GET /v1/write-keys', {
    summary: 'List write keys, newest first, without the keys themselves',
    scope: 'settings.read',
    ...lists(WriteKeyReply),
  }),
  revokeWriteKey: route('DELETE /v1/write-keys/{id}', {
    summary: 'Revoke a write key: within a minute it is no longer accepted',
    scope: 'settings.admin',
    reply: WriteKeyReply,
  }),
  listRejections: route('GET /v1/tracking/rejections', {
    summary: 'List the latest tracking requests with rejected calls, and why; stored for three days',
    scope: 'tracking.read',
    ...lists(Rejection),
  }),
  readTrackingSettings: route('GET /v1/settings/tracking', {
    summary: 'Read which consent visitors must give before their behaviour is recorded',
    scope: 'settings.read',
    reply: TrackingSettings,
  }),
  putTrackingSettings: route('PUT /v1/settings/tracking', {
    summary: 'Set which consent visitors must give before their behaviour is recorded; in force within a minute',
    scope: 'settings.admin',
    body: TrackingRules,
    reply: TrackingSettings,
    example: { consent: { required: ['Analytics'], absent: 'drop' } },
  }),
  readBusSettings: route('GET /v1/settings/bus', {
    summary: 'Read which sources of events on the bus act for this tenant',
    scope: 'settings.read',
    reply: BusSettings,
  }),
  putBusSettings: route('PUT /v1/settings/bus', {
    summary: 'Set which sources of events on the bus act for this tenant; events of all others are refused',
    scope: 'settings.admin',
    body: BusRules,
    reply: BusSettings,
    example: { sources: ['shop'] },
  }),
  listDropped: route('GET /v1/tracking/dropped', {
    summary:
      'Count the latest calls that were not recorded, for want of consent or because a crawler made them, by day and reason',
    scope: 'tracking.read',
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(14).default(7) }),
    reply: z.object({ items: z.array(DroppedDay) }),
  }),
  readProjectSettings: route('GET /v1/projects/{writeKey}/settings', {
    summary: 'Read the settings that Segment’s browser SDK asks for',
    auth: 'writeKey',
    query: AnyQuery,
    reply: z.record(z.string(), z.unknown()),
  }),
};

export const about = 'Behaviour on sites and in apps, as Segment’s SDKs send it, and the write keys they use.';

export const routes = { ...managementRoutes, ...tracking };

export const subscriptions = {
  adoptHistory: on(
    [identityLinked, identitySettled, customerCreated, customerUpdated],
    'moves the tracked behaviour of an identity to the customer it is identified as',
  ),
  ingestFromBus: onExternal(
    { bus: 'inbound', detailType: [...kinds] },
    'accepts tracking calls that a company’s own systems put on the bus',
  ),
};
