import { opportunityStallDue } from '../../../events/opportunity.ts';
import { newTask } from '../../activities/activity.ts';
import { factsFor } from '../../customer-facts/reads.ts';
import { evaluate, type Facts } from '../../shared/conditions/condition.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, schedule } from '../../shared/store/changes.ts';
import { plusAtMost } from '../../shared/time/duration.ts';
import { stageNotReady } from '../errors.ts';
import type { Pipeline, Stage } from '../pipelines/pipeline.ts';
import type { Opportunity, StoredOpportunity } from './opportunity.ts';

const stageOf = ({ stages }: Pipeline, wanted: string): Stage | undefined => stages.find(({ id }) => id === wanted);

const isForwards = ({ stages }: Pipeline, from: string, to: string) =>
  stages.findIndex(({ id }) => id === from) < stages.findIndex(({ id }) => id === to);

const isMissing = (value: unknown) => value === null || (Array.isArray(value) && !value.length);

const refuseMissing = ({ required = [], name }: Stage, opportunity: Opportunity) => {
  const missing = required.filter(field => isMissing(opportunity[field]));
  if (missing.length) throw invalid(missing.map(path => ({ path, message: `is needed to come to ${name}` })));
};

type Gate = { of: Stage; side: 'entry' | 'exit' };

/** refuses an opportunity that does not meet the conditions of stages */
const refuseUnready = async (gates: Gate[], opportunity: Opportunity, ctx: Ctx) => {
  const closed = gates.filter(({ of, side }) => of[side]);
  if (!closed.length) return;
  const conditions = closed.map(({ of, side }) => of[side]!);
  const found = await factsFor(ctx, opportunity.customerId, conditions);
  const facts: Facts = { ...found, attributes: { ...opportunity, customer: found?.attributes ?? {} }, now: ctx.now };
  for (const [nth, { of, side }] of closed.entries()) {
    const { holds, reasons } = evaluate(conditions[nth]!, facts);
    const verb = side === 'entry' ? 'come to' : 'leave';
    const message = `The opportunity cannot ${verb} ${of.name}: ${reasons.join('; ')}.`;
    if (!holds) throw stageNotReady(message, { extra: { stage: of.id, condition: side, reasons } });
  }
};

/** whether an opportunity may come to a stage: what it must have, and the conditions of the stages on the way forwards */
export const mayEnter = async (pipeline: Pipeline, before: Opportunity | undefined, after: Opportunity, ctx: Ctx) => {
  const to = stageOf(pipeline, after.stage);
  const from = before && isForwards(pipeline, before.stage, after.stage) ? stageOf(pipeline, before.stage) : undefined;
  if (!to) return;
  refuseMissing(to, after);
  const gates: Gate[] = [...(from ? [{ of: from, side: 'exit' as const }] : []), { of: to, side: 'entry' }];
  await refuseUnready(gates, before ?? after, ctx);
};

export const mayWin = async (pipeline: Pipeline, opportunity: Opportunity, ctx: Ctx) => {
  const at = stageOf(pipeline, opportunity.stage);
  if (at) await refuseUnready([{ of: at, side: 'exit' }], opportunity, ctx);
};

/** what begins when an opportunity comes to a stage: its tasks, and the time after which it has stalled */
export const onEntry = (pipeline: Pipeline, after: StoredOpportunity, ctx: Ctx): Change[] => {
  const { tasks = [], stalledAfter } = stageOf(pipeline, after.stage) ?? {};
  const { id: about, customerId, ownerId, stage, stageSince } = after;
  const made = tasks.flatMap(({ subject, dueIn, assignedTo = ownerId ?? undefined }) => {
    const dueAt = dueIn && plusAtMost(ctx.now, dueIn);
    return newTask(ctx, { customerId, subject, dueAt, assignedTo, relatedTo: about }).changes;
  });
  const at = stalledAfter && plusAtMost(stageSince, stalledAfter);
  const timer =
    at && at > ctx.now ? [schedule(at, opportunityStallDue, { customerId, about, data: { stage, stageSince } })] : [];
  return [...made, ...timer];
};

/** refuses a reason that is none of those that the pipeline knows */
export const refuseOtherReason = ({ reasons }: Pipeline, status: 'won' | 'lost', reason: string | null) => {
  const known = reasons?.[status];
  if (known?.length && reason !== null && !known.includes(reason))
    throw invalid([{ path: 'reason', message: `is none of: ${known.join(', ')}` }]);
};
