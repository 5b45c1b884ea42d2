import { listen } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { hears } from './contract.ts';
import { taskIsDue } from './task-is-due.ts';

/** Timers are never taken back: whoever gets one looks at what it was set for. */
export const actOnDue: Reaction<typeof hears.actOnDue> = ({ about, data }, ctx) => taskIsDue(about, data, ctx);

export const handler = listen('actOnDue', hears.actOnDue, actOnDue);
