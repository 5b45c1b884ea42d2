import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { invoiceIsDue } from './invoice-is-due.ts';

/** Timers are never taken back: whoever gets one looks at what it was set for. */
export const actOnDue: Reaction<typeof subscriptions.actOnDue> = ({ about, data }, ctx) =>
  invoiceIsDue(about, data, ctx);

export const handler = consume('actOnDue', subscriptions.actOnDue, actOnDue);
