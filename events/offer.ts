import * as z from 'zod';
import { byStaff, bySystem, event, fromCustomer } from './define.ts';

const offer = z.object({ name: z.string(), state: z.enum(['active', 'paused']) });
const example = { name: 'Test drive', state: 'active' } as const;

export const offerCreated = event('marketing', 'offer.created', byStaff, {
  summary: 'an offer was created',
  data: () => offer,
  example,
});

export const offerChanged = event('marketing', 'offer.changed', byStaff, {
  summary: 'an offer was changed, paused or made active again',
  data: () => offer,
  example: { ...example, state: 'paused' },
});

export const placementChanged = event('marketing', 'placement.changed', byStaff, {
  summary: 'a place at which offers are made was defined or changed',
  data: () => z.object({ name: z.string() }),
  example: { name: 'Top of the home page' },
});

const made = z.object({ placementId: z.string(), decisionId: z.string() });
const madeExample = { placementId: 'home-top', decisionId: 'dec_01jd5e7k3m9q2r4t6v8w0x1y2z' };

export const offerShown = event('marketing', 'offer.shown', bySystem, {
  contact: 'out',
  summary: 'an offer was made to a customer at a touch point; `about` is the offer',
  data: () => made,
  example: madeExample,
});

export const offerClicked = event('marketing', 'offer.clicked', fromCustomer, {
  summary: 'a customer took up an offer at a touch point; `about` is the offer',
  data: () => made,
  example: madeExample,
});
