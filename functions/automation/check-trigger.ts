import * as z from 'zod';
import { events } from '#declared/events.ts';
import { detailOf } from '../../events/define.ts';
import { trackedTrack } from '../../events/tracked.ts';
import { shownTo } from '../content/template.ts';
import { refuseOrWarn } from '../customer-facts/check-condition.ts';
import { type KnownNames, namesKnownTo, type Unknown } from '../customer-facts/known-names.ts';
import { rejectUnreadableData } from '../customers/event-areas.ts';
import { redactionFor } from '../customers/reads.ts';
import { rejectRevealing } from '../customers/revealing.ts';
import { indexKeys, mostKeyBytes } from '../shared/events/event-index.ts';
import { notSubscribable } from '../shared/events/subscribable.ts';
import type { Ctx } from '../shared/http/context.ts';
import { branchesOf } from '../shared/patterns/branches.ts';
import { type EventKind, impossibleIn } from '../shared/patterns/impossible.ts';
import { exactValues } from '../shared/patterns/pattern.ts';
import { consequences, type Resolved } from './actions.ts';
import { checkActions } from './check-actions.ts';
import type { TriggerRule } from './trigger.ts';

const mostKeys = 60;

/** the events as triggers see them */
const kinds = (): EventKind[] =>
  events
    .filter(({ triggers }) => triggers)
    .map(({ name, context, data }) => ({
      fixed: { source: `rapport.${context}`, 'detail-type': name },
      schema: z.object({ source: z.string(), 'detail-type': z.string(), detail: detailOf(data) }),
    }));

const whenErrors = (when: TriggerRule['when'], names: KnownNames): Unknown[] => {
  const types = exactValues(when, ['detail-type']);
  const looping = (types ?? []).filter(type => notSubscribable.includes(type));
  if (looping.length) {
    const message = `triggers cannot subscribe to ${looping.join(', ')}: it could cause a loop`;
    return [{ path: 'when.detail-type', message }];
  }
  const impossible = impossibleIn(when, kinds());
  if (impossible.length) return impossible.map(one => ({ ...one, path: `when.${one.path}` }));
  const keys = indexKeys(when);
  const { length } = keys;
  if (keys.some(key => Buffer.byteLength(key) > mostKeyBytes))
    return [{ path: 'when', message: `names an event type of more than ${mostKeyBytes} bytes` }];
  if (length > mostKeys)
    return [{ path: 'when', message: `names ${length} kinds of events; the limit is ${mostKeys}` }];
  const isTracked = types?.every(type => type === trackedTrack.name);
  const unseen = isTracked ? names.trackedIn(when, ['detail', 'data', 'event']) : [];
  return unseen.map(one => ({ ...one, path: `when.${one.path}` }));
};

/** refuses a pattern that compares data of events that the caller may not read */
const rejectUnreadablePattern = (when: TriggerRule['when'], ctx: Ctx) => {
  for (const branch of branchesOf(when)) {
    if (!branch.some(({ path }) => /^detail\.data(\.|$)/.test(path))) continue;
    for (const { fixed } of kinds()) {
      if (branch.every(({ path, test }) => !(path in fixed) || test(fixed[path])))
        rejectUnreadableData(ctx, fixed['detail-type'] ?? '');
    }
  }
};

/** refuses a rule that would reveal what the caller may not read; gives what veils the rest */
export const rejectRevealingRule = async ({ when, if: condition }: Pick<TriggerRule, 'when' | 'if'>, ctx: Ctx) => {
  const veil = await redactionFor(ctx);
  await rejectRevealing([condition], ctx);
  veil.rejectHiddenPattern(when);
  rejectUnreadablePattern(when, ctx);
  return veil;
};

/** its own actions bring about what it acts on: again and again */
const echoErrors = ({ when, then }: TriggerRule): Unknown[] => {
  const keys = indexKeys(when);
  return then.flatMap((action, nth): Unknown[] => {
    const names = Object.keys(action) as (keyof typeof action)[];
    const echo = names
      .flatMap(name => consequences[name] ?? [])
      .find(type => keys.includes(type) || keys.includes('*'));
    const message = `leads to ${echo}, which the trigger acts on again`;
    return echo ? [{ path: `then.${nth}`, message }] : [];
  });
};

/** Refuses a rule with everything that is wrong with it; gives what is kept of what it names. */
export const checkTrigger = async (rule: TriggerRule, ctx: Ctx): Promise<Resolved> => {
  const names = await namesKnownTo(ctx.store, [rule.if], true);
  const placed = rule.then.map((action, nth) => ({ path: `then.${nth}`, action }));
  const { faults, channels } = await checkActions(placed, names, ctx);
  refuseOrWarn(
    [...whenErrors(rule.when, names), ...names.inCondition(rule.if, 'if'), ...faults, ...echoErrors(rule)],
    ctx,
  );
  return { channels, shows: shownTo(ctx.scopes) };
};
