import * as z from 'zod';
import { byCustomer, byStaff, event, fromCustomer, internal } from './define.ts';

const context = z.record(z.string(), z.unknown());
const properties = z.record(z.string(), z.unknown());
const traits = z.record(z.string(), z.unknown());
const who = {
  userId: z.string().nullable(),
  anonymousId: z.string().nullable(),
};

/** an id that trackers use for a person: the company's own (userId), or a generated one */
export const TrackedIdentity = z.object({ type: z.enum(['anonymousId', 'externalId']), value: z.string() });
export type TrackedIdentity = z.output<typeof TrackedIdentity>;

/** data of a tracked track, page or screen call; `event` is the name triggers are indexed by */
export const Behaviour = z.object({ event: z.string(), properties, context });

const example = {
  event: 'Product Viewed',
  properties: { sku: 'AX-7', price: 129900, currency: 'SGD' },
  context: { page: { url: 'https://auto.example/cars/ax-7' } },
};

export const trackedTrack = event('tracking', 'tracked.track', fromCustomer, {
  summary: 'a visitor did something on a site or in an app',
  data: () => Behaviour,
  example,
});

/** the names of Segment's calls that make, change or cancel an order: they are always published, as those of carts are */
export const orderCalls = ['Order Completed', 'Order Updated', 'Order Cancelled', 'Order Refunded'];

/** the names of Segment's calls that a cart follows from */
export const cartCalls = [
  'Product Added',
  'Product Removed',
  'Cart Viewed',
  'Checkout Started',
  'Checkout Step Viewed',
  'Checkout Step Completed',
  'Payment Info Entered',
  'Coupon Applied',
  'Coupon Removed',
  'Order Completed',
];

export const trackedPage = event('tracking', 'tracked.page', fromCustomer, {
  summary: 'a visitor saw a page; `event` is its name or its path',
  data: () => Behaviour,
  example: { ...example, event: 'Test drive' },
});

export const trackedScreen = event('tracking', 'tracked.screen', fromCustomer, {
  summary: 'a visitor saw a screen of an app',
  data: () => Behaviour,
  example: { ...example, event: 'My car' },
});

export const trackedIdentify = event('tracking', 'tracked.identify', byCustomer, {
  summary: 'a tracker identified a visitor',
  data: () => z.object({ ...who, traits, context, proven: z.boolean().optional() }),
  example: {
    userId: 'u-1001',
    anonymousId: '7f3c0a52-5c1e-4a59-9f0e-0f6f7c3b8f11',
    traits: { email: 'ada@example.com', firstName: 'Ada' },
    context: {},
  },
});

export const trackedGroup = event('tracking', 'tracked.group', byCustomer, {
  summary: 'a tracker assigned a visitor to a company or account',
  data: () => z.object({ ...who, groupId: z.string(), traits, context }),
  example: {
    userId: 'u-1001',
    anonymousId: null,
    groupId: 'fleet-7',
    traits: { name: 'Marina Fleet Pte Ltd', employees: 40 },
    context: {},
  },
});

export const trackedAlias = event('tracking', 'tracked.alias', byCustomer, {
  summary: 'a tracker linked one id of a visitor to another',
  data: () => z.object({ userId: z.string(), previousId: z.string(), context }),
  example: { userId: 'u-1001', previousId: '7f3c0a52-5c1e-4a59-9f0e-0f6f7c3b8f11', context: {} },
});

export const identitySettled = event('timers', 'identity.settled', internal, {
  summary:
    'no request reads a linked identity as unknown any more: behaviour that was tracked under it late can be moved',
  data: () => z.object({}),
  example: {},
});

export const busSettingsChanged = event('tracking', 'bus-settings.changed', byStaff, {
  summary: 'it was set which sources of events on the bus act for the tenant',
  data: () => z.object({ sources: z.array(z.string()).nullable() }),
  example: { sources: ['shop'] },
});

export const trackingSettingsChanged = event('tracking', 'tracking-settings.changed', byStaff, {
  summary: 'the tracking settings were changed',
  data: () => z.looseObject({}),
  example: { consent: { required: ['Analytics'], absent: 'drop' } },
});
