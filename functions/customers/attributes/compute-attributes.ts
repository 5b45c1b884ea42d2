import type { Reaction } from '../../shared/contract.ts';
import { listen } from '../../shared/listen.ts';
import { survivor } from '../living.ts';
import { count } from './computed/count.ts';
import { inTurn } from './computed/in-turn.ts';
import { computedFrom } from './computed/listeners.ts';
import { broughtBy } from './computed/meant.ts';
import { hears } from './contract.ts';

/** An event that nothing is computed from costs the look for who computes from it. */
export const computeAttributes: Reaction<typeof hears.computeAttributes> = async (event, ctx) => {
  const { customerId, source } = event;
  if (!customerId || source === 'rapport.timers') return;
  const definitions = await computedFrom(ctx.store, event);
  const countings = definitions.flatMap(definition => {
    const brought = broughtBy(definition, event);
    return brought ? [{ definition, brought: [brought] }] : [];
  });
  if (!countings.length) return;
  await inTurn(`${ctx.tenant} ${customerId}`, async () => {
    const customer = await survivor(ctx.store, customerId);
    if (customer) await count(customer, countings, ctx);
  });
};

export const handler = listen('computeAttributes', hears.computeAttributes, computeAttributes, { once: false });
