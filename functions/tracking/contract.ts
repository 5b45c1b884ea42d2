import * as z from 'zod';
import { customerCreated, customerUpdated, identityLinked } from '../../events/customer.ts';
import { identitySettled } from '../../events/tracked.ts';
import { on, onExternal, page, paging, route } from '../shared/http/contract.ts';
import { DroppedDay } from './dropped.ts';
import { inlets, kinds, pixels, type Takes } from './inlets.ts';
import { Rejection } from './rejection.ts';
import { TrackingRules, TrackingSettings } from './tracking-settings.ts';
import { WriteKey } from './write-key.ts';

/** what trackers are answered; they look at the status only */
const Reply = z.object({ success: z.boolean(), message: z.string().optional(), code: z.string().optional() });

// trackers add parameters of their own
const AnyQuery = z.record(z.string(), z.string());

const KnownWriteKey = WriteKey.omit({ hash: true, updatedAt: true });

const call = {
  messageId: 'ajs-next-1793433600000-6a3c',
  timestamp: '2026-11-01T08:00:00.000Z',
  userId: 'u-1001',
  context: { page: { url: 'https://auto.example/cars/ax-7' } },
};

const examples: Record<Takes, object> = {
  identify: { ...call, traits: { email: 'ada@example.com', firstName: 'Ada' } },
  track: { ...call, event: 'Product Viewed', properties: { sku: 'AX-7', price: 129900 } },
  page: { ...call, name: 'Test drive', properties: { path: '/test-drive' } },
  screen: { ...call, name: 'My car' },
  group: { ...call, groupId: 'fleet-7', traits: { name: 'Marina Fleet' } },
  alias: { messageId: call.messageId, timestamp: call.timestamp, userId: 'u-1001', previousId: '7f3c0a52' },
  batch: { batch: [{ ...call, type: 'track', event: 'Product Viewed' }], sentAt: '2026-11-01T08:00:05.000Z' },
};

const post = ({ path, takes }: { path: string; takes: Takes }) =>
  route(`POST ${path}` as 'POST /', {
    summary: `Track: ${takes} (Segment's HTTP API)`,
    auth: 'writeKey',
    rawBody: true,
    query: AnyQuery,
    reply: Reply,
    example: examples[takes],
  });

const pixel = ({ path, takes }: { path: string; takes: Takes }) =>
  route(`GET ${path}` as 'GET /', {
    summary: `Track: ${takes} by an image; the call is base64 JSON in \`data\`, or its fields are parameters`,
    auth: 'writeKey',
    query: AnyQuery,
    reply: z.string(),
    produces: 'image/gif',
  });

export type TrackingRoute = ReturnType<typeof post>;
export type PixelRoute = ReturnType<typeof pixel>;

/** the routes of a table of paths, by the same names */
const each = <Declared, Made>(table: Record<string, Declared>, make: (declared: Declared) => Made) =>
  Object.fromEntries(Object.entries(table).map(([name, declared]) => [name, make(declared)]));

export const tracking = { ...each(inlets, post), ...each(pixels, pixel) };

const managed = {
  createWriteKey: route('POST /v1/write-keys', {
    summary: 'Create a write key for trackers; the key is shown this once',
    scope: 'settings.admin',
    body: z.strictObject({ name: WriteKey.shape.name }),
    reply: KnownWriteKey.extend({ key: z.string() }),
    status: 201,
    example: { name: 'web shop' },
  }),
  listWriteKeys: route('GET /v1/write-keys', {
    summary: 'List the write keys, latest first, without the keys themselves',
    scope: 'settings.read',
    query: z.strictObject(paging),
    reply: page(KnownWriteKey),
  }),
  revokeWriteKey: route('DELETE /v1/write-keys/{id}', {
    summary: 'Revoke a write key: within a minute nothing is taken with it',
    scope: 'settings.admin',
    reply: KnownWriteKey,
  }),
  listRejections: route('GET /v1/tracking/rejections', {
    summary: 'The latest tracking requests with calls that were rejected, and why; kept three days',
    scope: 'tracking.read',
    query: z.strictObject(paging),
    reply: page(Rejection),
  }),
  readTrackingSettings: route('GET /v1/settings/tracking', {
    summary: 'Read what is recorded of visitors',
    scope: 'settings.read',
    reply: TrackingSettings,
  }),
  putTrackingSettings: route('PUT /v1/settings/tracking', {
    summary: 'Set what visitors have to agree to before their behaviour is recorded; heeded within a minute',
    scope: 'settings.admin',
    body: TrackingRules,
    reply: TrackingSettings,
    example: { consent: { required: ['Analytics'], absent: 'drop' } },
  }),
  listDropped: route('GET /v1/tracking/dropped', {
    summary: 'How many calls were not recorded lately as their visitors did not agree, by day and reason',
    scope: 'tracking.read',
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(14).default(7) }),
    reply: z.object({ items: z.array(DroppedDay) }),
  }),
  readProjectSettings: route('GET /v1/projects/{writeKey}/settings', {
    summary: 'Settings that the browser SDK of Segment asks for',
    auth: 'writeKey',
    query: AnyQuery,
    reply: z.record(z.string(), z.unknown()),
  }),
};

export const about =
  'What people do on sites and in apps, taken as Segment’s SDKs send it; and the write keys they send it with.';

export const routes = { ...managed, ...tracking };

export const subscriptions = {
  adoptHistory: on(
    [identityLinked, identitySettled, customerCreated, customerUpdated],
    'moves what was tracked of somebody unknown to the customer it turned out to be',
  ),
  takeFromBus: onExternal(
    { bus: 'own', detailType: [...kinds] },
    'takes tracking calls that a company’s own systems put on the bus',
  ),
};
