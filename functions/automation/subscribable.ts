import { events } from '#declared/events.ts';

/** the types of the events that triggers cannot subscribe to: triggers cause them, or timers do */
export const notSubscribable = events.filter(({ triggers }) => !triggers).map(({ name }) => name);

export const isSubscribable = (type: string) => !notSubscribable.includes(type);
