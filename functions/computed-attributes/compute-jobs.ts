import { isDeepStrictEqual } from 'node:util';
import type { Definition } from '../customers/attributes/definition.ts';
import { computedOf, isComputed, type State } from '../customers/attributes/definitions.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import { continueJob, type Job, jobs, startJob } from '../shared/jobs/job.ts';
import { type Change, insert } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { minus } from '../shared/time/duration.ts';
import { isBehaviour } from './event-values.ts';

const computeKind = 'compute-attributes';
const withdrawKind = 'withdraw-attribute';

type By = Pick<Ctx, 'now' | 'actor'>;

const stateOf = ({ state }: Job): State => {
  if (state === 'done') return 'ready';
  return state === 'failed' || state === 'cancelled' ? 'stopped' : 'computing';
};

export const statesOf = async (store: Store, definitions: Definition[]): Promise<Map<string, State>> => {
  const computed = definitions.filter(isComputed);
  const keys = computed.map(({ job }) => job);
  const found = await store.getByIds(jobs, keys);
  const byJob = new Map(found.map(job => [job.id, stateOf(job)]));
  return new Map(computed.map(({ attribute, job }) => [attribute, byJob.get(job) ?? 'stopped']));
};

const essence = ({ computed, type, values, min, max, pattern, appliesTo }: Definition) => [
  computed,
  type,
  values,
  min,
  max,
  pattern,
  appliesTo,
];

export const startWithdrawal = ({ now, actor }: By, { computed, attribute }: Definition): Change[] =>
  computed ? startJob(now, { kind: withdrawKind, by: actor, input: { attribute } }).changes : [];

/** The job that computes the values of a definition for all customers, unless they are the same as before. */
export const startComputing = async (
  ctx: By & Pick<Ctx, 'store'>,
  was: Definition | undefined,
  is: Definition,
): Promise<{ definition: Definition; changes: Change[]; state?: State }> => {
  const { now, actor, store } = ctx;
  const { attribute } = is;
  if (!is.computed) return { definition: is, changes: was ? startWithdrawal(ctx, was) : [] };
  if (was && isComputed(was) && isDeepStrictEqual(essence(was), essence(is))) {
    const state = (await statesOf(store, [was])).get(attribute);
    if (state && state !== 'stopped') return { definition: { ...is, job: was.job }, changes: [], state };
  }
  const { job, changes } = startJob(now, {
    kind: computeKind,
    by: actor,
    cancelScope: 'settings.admin',
    input: { attribute },
  });
  return { definition: { ...is, job: job.id }, changes, state: 'computing' };
};

export const computeFor = (
  { now, actor }: By,
  input: { customers: string[]; adoptedSince?: string },
  at?: string,
): Change[] => {
  const { job } = startJob(now, { kind: computeKind, by: actor, cancelScope: 'settings.admin', input });
  return [insert(jobs, job), continueJob(job, at)];
};

export const recompute = async (ctx: By & Pick<Ctx, 'store'>, customers: string[]): Promise<Change[]> =>
  computedOf(await settingsOf(ctx.store)).length ? computeFor(ctx, { customers }) : [];

/** some days less than the claims of counted events are stored */
const lately = 'P30D';

/** counts the events that a customer adopted lately, at an instant, if attributes are computed from behaviour */
export const computeAdopted = async (ctx: By & Pick<Ctx, 'store'>, customerId: string, at: string) => {
  const ofBehaviour = computedOf(await settingsOf(ctx.store)).some(({ computed }) => isBehaviour(computed));
  return ofBehaviour ? computeFor(ctx, { customers: [customerId], adoptedSince: minus(ctx.now, lately) }, at) : [];
};
