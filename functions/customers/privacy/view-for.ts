import type * as z from 'zod';
import type { View } from '../contract.ts';
import { customerFor } from './for-purpose.ts';
import { type Purpose, viewParts } from './purpose.ts';
import { servesAttribute, servesEvent } from './serves.ts';

type Seen = z.input<typeof View>;

/** a part that is not shown is empty or null, never missing */
const empty = (part: unknown) => (Array.isArray(part) ? [] : null);

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
  const hidden = viewParts.filter(part => !servesAttribute(purpose, part)) as (keyof Seen)[];
  return {
    ...view,
    ...(Object.fromEntries(hidden.map(part => [part, empty(view[part])])) as Partial<Seen>),
    customer: customerFor(purpose, view.customer),
    consents: view.consents.filter(consent => consent.purpose === purpose.name),
    timeline: view.timeline.filter(({ type }) => servesEvent(purpose, type)).map(event => eventFor(purpose, event)),
  };
};
