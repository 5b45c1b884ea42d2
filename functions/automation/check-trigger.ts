import * as z from 'zod';
import { events } from '#declared/events.ts';
import { detailOf } from '../../events/define.ts';
import { trackedTrack } from '../../events/tracked.ts';
import { type Template, templates, withoutProvider } from '../content/template.ts';
import { refuseOrWarn } from '../customer-facts/check-condition.ts';
import { type KnownNames, namesKnownTo, type Unknown } from '../customer-facts/known-names.ts';
import { rejectUnreadableData } from '../customers/event-areas.ts';
import { redactionFor } from '../customers/reads.ts';
import { indexKeys, mostKeyBytes } from '../shared/events/event-index.ts';
import type { Ctx } from '../shared/http/context.ts';
import { branchesOf } from '../shared/patterns/branches.ts';
import { type EventKind, impossibleIn } from '../shared/patterns/impossible.ts';
import { exactValues } from '../shared/patterns/pattern.ts';
import { type ActiveTrigger, notSubscribable, type TriggerRule } from './trigger.ts';

type Send = NonNullable<TriggerRule['then'][number]['send']>;

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

const sendErrors = ({ templateId, topic }: Send, found: Map<string, Template>, names: KnownNames): Unknown[] => {
  const template = found.get(templateId);
  if (!template) return [{ path: 'templateId', message: `there is no template ${templateId}` }];
  const unsent = withoutProvider(template.channel);
  return [
    ...unsent.map(one => ({ ...one, path: 'templateId' })),
    ...(topic === null ? [] : names.topic({ channel: template.channel, topic }, 'topic')),
  ];
};

const thenErrors = (then: TriggerRule['then'], found: Map<string, Template>, names: KnownNames): Unknown[] =>
  then.flatMap(({ send }, nth) =>
    send ? sendErrors(send, found, names).map(one => ({ ...one, path: `then.${nth}.send.${one.path}` })) : [],
  );

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
export const rejectRevealing = async ({ when, if: condition }: Pick<TriggerRule, 'when' | 'if'>, ctx: Ctx) => {
  const veil = await redactionFor(ctx);
  veil.rejectHidden(condition);
  veil.rejectHiddenPattern(when);
  rejectUnreadablePattern(when, ctx);
  return veil;
};

/** The channel of each message of a rule. Refuses a rule with everything that is wrong with it. */
export const checkTrigger = async ({ when, then, ...rule }: TriggerRule, ctx: Ctx) => {
  const { store } = ctx;
  const names = await namesKnownTo(store, [rule.if], true);
  const ids = then.flatMap(({ send }) => (send ? [{ id: send.templateId as string }] : []));
  const found = new Map((await store.getAll(templates, ids)).map(template => [template.id as string, template]));
  refuseOrWarn(
    [...whenErrors(when, names), ...names.inCondition(rule.if, 'if'), ...thenErrors(then, found, names)],
    ctx,
  );
  const channels: ActiveTrigger['channels'] = {};
  for (const [nth, { send }] of then.entries()) if (send) channels[nth] = found.get(send.templateId)!.channel;
  return channels;
};
