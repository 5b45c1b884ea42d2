import * as z from 'zod';
import { event } from './define.ts';

const context = z.record(z.string(), z.unknown());
const properties = z.record(z.string(), z.unknown());

/** data of a tracked track, page or screen call; `event` is the name triggers are indexed by */
export const Behaviour = z.object({ event: z.string(), properties, context });

const example = {
  event: 'Product Viewed',
  properties: { sku: 'AX-7', price: 129900, currency: 'SGD' },
  context: { page: { url: 'https://auto.example/cars/ax-7' } },
};

export const trackedTrack = event('tracking', 'tracked.track', {
  summary: 'somebody did something on a site or in an app',
  data: Behaviour,
  example,
});

export const trackedPage = event('tracking', 'tracked.page', {
  summary: 'somebody saw a page; `event` is its name, or its path',
  data: Behaviour,
  example: { ...example, event: 'Test drive' },
});

export const trackedScreen = event('tracking', 'tracked.screen', {
  summary: 'somebody saw a screen of an app',
  data: Behaviour,
  example: { ...example, event: 'My car' },
});

export const trackedIdentify = event('tracking', 'tracked.identify', {
  summary: 'a tracker told who somebody is',
  data: z.object({
    userId: z.string().nullable(),
    anonymousId: z.string().nullable(),
    traits: z.record(z.string(), z.unknown()),
    context,
  }),
  example: {
    userId: 'u-1001',
    anonymousId: '7f3c0a52-5c1e-4a59-9f0e-0f6f7c3b8f11',
    traits: { email: 'ada@example.com', firstName: 'Ada' },
    context: {},
  },
});
