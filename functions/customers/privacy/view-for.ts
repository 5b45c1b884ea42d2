import type * as z from 'zod';
import type { View } from '../contract.ts';
import { customerFor } from './for-purpose.ts';
import { type Purpose, viewParts } from './purpose.ts';
import { onlyOf, servesAttribute, servesEvent } from './serves.ts';

type Seen = z.input<typeof View>;

const always = ['customer', 'consents', 'timeline'] as const;
const empty = {
  identities: [],
  cases: [],
  opportunities: [],
  orders: [],
  loyalty: null,
  segments: [],
  scores: [],
  nextActions: [],
};

type Changes = { changes?: { attribute: string }[] };

/** an event that serves a purpose, without what it tells of attributes that do not */
const eventFor = (purpose: Purpose, event: Seen['timeline'][number]) => {
  const { changes } = event.data as Changes;
  if (event.type !== 'customer.updated' || !changes) return event;
  const serving = changes.filter(({ attribute }) => servesAttribute(purpose, attribute));
  return { ...event, data: { ...(event.data as Changes), changes: serving } };
};

/** What of a customer's view serves a purpose; what does not is empty. All of it without one. */
export const viewFor = (purpose: Purpose | undefined, view: Seen): Seen => {
  if (!purpose) return view;
  const parts = viewParts.filter(part => servesAttribute(purpose, part));
  return {
    ...empty,
    ...onlyOf(view, parts, always),
    customer: customerFor(purpose, view.customer),
    consents: view.consents.filter(consent => consent.purpose === purpose.name),
    timeline: view.timeline.filter(({ type }) => servesEvent(purpose, type)).map(event => eventFor(purpose, event)),
  };
};
