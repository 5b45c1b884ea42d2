import { factsFor } from '../customer-facts/reads.ts';
import { consume } from '../shared/events/consume.ts';
import { isSubscribable } from '../shared/events/subscribable.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { subscriptions } from './contract.ts';
import { coolingTriggers, fire, notFired } from './fire-trigger.ts';
import { afterCooldown, judge, matchingTriggers, withinGroups } from './matching-triggers.ts';
import { isLooping, mayLoop } from './pace.ts';

/** transactions at a time, where one event sets off many triggers */
const concurrent = 10;

/** in one transaction */
const mostExplained = 90;

const evaluateTriggers: Reaction<typeof subscriptions.evaluateTriggers> = async (event, ctx) => {
  const { customerId, type } = event;
  if (!customerId || !isSubscribable(type)) return;
  const matched = await matchingTriggers(ctx, event);
  if (!matched.length) return;
  const conditions = matched.map(trigger => trigger.if);
  const facts = await factsFor(ctx, customerId, conditions, event);
  if (!facts) return;
  // it may have been merged since
  const { id } = facts.attributes;
  const cools = await coolingTriggers(matched, id, ctx.store);
  const judged = matched.map(trigger => afterCooldown(judge(trigger, type, facts), cools.get(trigger.id), ctx.now));
  const chosen = await mapConcurrent(withinGroups(judged), concurrent, async one =>
    one.fires && (await isLooping(one.trigger.id, id, event, ctx))
      ? { ...one, fires: false, reasons: [...one.reasons, mayLoop] }
      : one,
  );
  await mapConcurrent(
    chosen.filter(({ fires }) => fires),
    concurrent,
    one => fire(one, event, id, ctx),
  );
  const explained = chosen.filter(({ fires }) => !fires).map(one => notFired(one, id, ctx));
  await ctx.store.commit((await Promise.all(explained)).flat().slice(0, mostExplained));
};

export const reaction = consume('evaluateTriggers', subscriptions.evaluateTriggers, evaluateTriggers, { once: false });
