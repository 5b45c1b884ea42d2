import * as z from 'zod';
import { byStaff, bySystem, event, internal } from './define.ts';

export const PostingKind = z.enum([
  ...['earn', 'redeem', 'hold', 'release', 'transfer', 'adjust', 'expire', 'takeBack', 'merge', 'forfeit'],
] as const);

export const pointsPosted = event('marketing', 'points.posted', bySystem, {
  summary: 'points of a customer were earned, redeemed, held, released, transferred, adjusted, or expired',
  data: () =>
    z.object({
      programmeId: z.string(),
      kind: PostingKind,
      reference: z.string(),
      points: z.int(),
      balance: z.int(),
    }),
  example: { programmeId: 'miles', kind: 'earn', reference: 'order A-17', points: 120, balance: 480 },
});

export const tierReached = event('marketing', 'tier.reached', bySystem, {
  summary: 'a customer came into a tier of a loyalty programme, a higher or a lower one',
  data: () => z.object({ programmeId: z.string(), tier: z.string().nullable(), from: z.string().nullable() }),
  example: { programmeId: 'miles', tier: 'Gold', from: 'Silver' },
});

export const pointsRequested = event('marketing', 'points.requested', internal, {
  summary: 'a trigger or a journey gives points to a customer; `points.posted` follows',
  data: () =>
    z.object({
      programme: z.string(),
      amount: z.int(),
      cause: z.string(),
      step: z.string(),
      tracker: z.string().optional().describe('the public write key that brought it about: it earns no points'),
    }),
  example: { programme: 'miles', amount: 50, cause: 'jrn_01jd5e7k3m9q2r4t6v8w0x1y2z', step: 'welcome' },
});

export const pointsDue = event('timers', 'points.due', internal, {
  summary: 'points of a customer expire, or a tier year ends, at this time',
  data: () => z.object({ programmeId: z.string(), at: z.iso.datetime() }),
  example: { programmeId: 'miles', at: '2027-12-01T00:00:00.000Z' },
});

export const programmeChanged = event('marketing', 'programme.changed', byStaff, {
  summary: 'a loyalty programme was defined or changed',
  data: () => z.object({ currencyName: z.string() }),
  example: { currencyName: 'miles' },
});
