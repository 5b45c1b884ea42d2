import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { judge } from './judge.ts';
import { schemes } from './scheme.ts';

/** An event that concerns no segment costs one lookup. */
const judgeCustomer: Reaction<typeof subscriptions.judgeCustomer> = async (event, ctx) => {
  const { customerId } = event;
  if (!customerId) return;
  const concerned = await schemes.concerned(ctx.store, event);
  if (concerned.length) await judge({ customerId, schemes: concerned, heard: event }, ctx);
};

export const reaction = consume('judgeCustomer', subscriptions.judgeCustomer, judgeCustomer, { once: false });
