import * as z from 'zod';
import { byStaff, bySystem, event, internal } from './define.ts';
import { Money } from './money.ts';

const Text = z.string();

/** where a visit came from; `direct` and `none` where nothing says */
export const Source = z.object({
  source: Text,
  medium: Text,
  campaign: Text.optional(),
  term: Text.optional(),
  content: Text.optional(),
  clickId: Text.optional(),
  channel: z.enum(['paid', 'search', 'social', 'email', 'referral', 'direct', 'other']),
  referrer: Text.optional(),
});
export type Source = z.output<typeof Source>;

export const Place = z.object({ name: Text, url: Text.optional() });

/** what is known of a session as soon as it has begun */
const Begun = z.object({
  startedAt: z.iso.datetime(),
  ...Source.shape,
  entry: Place,
  device: z.enum(['desktop', 'mobile', 'tablet', 'other']),
});

const source = { source: 'google', medium: 'cpc', campaign: 'spring sale', clickId: 'gclid', channel: 'paid' } as const;
const entry = { name: '/cars/ax-7', url: 'https://auto.example/cars/ax-7' };
const example = { startedAt: '2026-11-01T08:00:00.000Z', ...source, entry, device: 'mobile' } as const;

export const sessionStarted = event('tracking', 'session.started', bySystem, {
  summary: 'a customer began to use a site or an app',
  data: () => Begun,
  example,
});

export const sessionEnded = event('tracking', 'session.ended', bySystem, {
  summary: 'a customer has not used a site or an app for as long as a session lasts',
  data: () =>
    Begun.extend({
      endedAt: z.iso.datetime(),
      seconds: z.int(),
      events: z.int(),
      pages: z.int(),
      exit: Place,
    }),
  example: { ...example, endedAt: '2026-11-01T08:04:10.000Z', seconds: 250, events: 12, pages: 4, exit: entry },
});

export const visitDue = event('timers', 'visit.due', internal, {
  summary: 'the behaviour of a customer or visitor since an instant is to be divided into sessions',
  data: () => z.object({ from: z.iso.datetime().nullable(), to: z.iso.datetime().nullable() }),
  example: { from: '2026-11-01T08:00:00.000Z', to: null },
});

export const adSpendRecorded = event('marketing', 'ad-spend.recorded', byStaff, {
  summary: 'it was recorded what a source of visits cost on some days',
  data: () => z.object({ days: z.int(), currencies: z.array(Money.shape.currency) }),
  example: { days: 1, currencies: ['SGD'] },
});
