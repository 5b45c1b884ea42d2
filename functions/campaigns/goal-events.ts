import { events } from '#declared/events.ts';

/** the types of the events that are no goal: timers, and what messages and triggers bring about */
export const unheard = events.filter(({ triggers }) => !triggers).map(({ name }) => name);
