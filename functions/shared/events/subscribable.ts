import { events } from '#declared/events.ts';

/** the types of the events that are no doing of customers or staff: what triggers and journeys bring about, and timers */
export const notSubscribable = events.filter(({ triggers }) => !triggers).map(({ name }) => name);

export const isSubscribable = (type: string) => !notSubscribable.includes(type);
