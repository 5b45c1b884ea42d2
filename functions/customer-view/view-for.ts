import { customerFor } from '../customers/purposes/for-purpose.ts';
import { type Purpose, viewParts } from '../customers/purposes/purpose.ts';
import { servesAttribute, servesEvent } from '../customers/purposes/serves.ts';
import type { Known } from './part.ts';

/** a part that is not shown is empty or null, never missing */
export const emptied = (part: unknown) => (Array.isArray(part) ? [] : null);

type Changes = { changes?: { attribute: string }[] };

/** an event that serves a purpose, without what it tells of attributes that do not */
const eventFor = (purpose: Purpose, event: Known['timeline'][number]) => {
  const { changes } = event.data as Changes;
  if (event.type !== 'customer.updated' || !changes) return event;
  const serving = changes.filter(({ attribute }) => servesAttribute(purpose, attribute));
  return { ...event, data: { ...(event.data as Changes), changes: serving } };
};

/** what is known of a customer that serves a purpose; all of it without one */
export const knownFor = (purpose: Purpose | undefined, known: Known): Known => {
  if (!purpose) return known;
  const { customer, consents, timeline } = known;
  return {
    ...known,
    customer: customerFor(purpose, customer),
    consents: consents.filter(consent => consent.purpose === purpose.name),
    timeline: timeline.filter(({ type }) => servesEvent(purpose, type)).map(event => eventFor(purpose, event)),
  };
};

/** whether a part of the view is shown for a purpose: those that purposes name are shown to those that name them */
export const isShownFor = (purpose: Purpose | undefined, part: string) =>
  !purpose || !viewParts.includes(part) || servesAttribute(purpose, part);
