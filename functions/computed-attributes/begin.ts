import { isDeepStrictEqual } from 'node:util';
import { newId } from '../../events/ids.ts';
import type { Definition } from '../customers/attributes/definition.ts';
import { computedOf, isComputed, type State } from '../customers/attributes/definitions.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import { continueJob, type Job, jobs, startJob } from '../shared/jobs/job.ts';
import { type Change, insert } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { minus } from '../shared/time/duration.ts';
import { isBehaviour } from './meant.ts';

export const computeKind = 'compute-attributes';
export const withdrawKind = 'withdraw-attribute';

const stateOf = ({ state }: Job): State => {
  if (state === 'done') return 'ready';
  return state === 'failed' || state === 'cancelled' ? 'stopped' : 'computing';
};

/** how far the computed ones of some definitions are, by attribute */
export const statesOf = async (store: Store, definitions: Definition[]): Promise<Map<string, State>> => {
  const computed = definitions.filter(isComputed);
  const found = await store.getAll(
    jobs,
    computed.map(({ job }) => ({ id: job })),
  );
  const byJob = new Map(found.map(job => [job.id, stateOf(job)]));
  return new Map(computed.map(({ attribute, job }) => [attribute, byJob.get(job) ?? 'stopped']));
};

/** what the values of a definition depend on */
const gist = ({ computed, type, values, min, max, pattern, appliesTo }: Definition) => [
  computed,
  type,
  values,
  min,
  max,
  pattern,
  appliesTo,
];

type Begun = { definition: Definition; changes: Change[]; state?: State };

/** What a definition takes to have its values computed: a job that goes through all customers, unless they are the same as before. */
export const begun = async (
  { now, actor, store }: Ctx,
  was: Definition | undefined,
  is: Definition,
): Promise<Begun> => {
  const { attribute } = is;
  if (!is.computed) {
    return { definition: is, changes: was ? withdrawn({ now, actor }, was) : [] };
  }
  if (was && isComputed(was) && isDeepStrictEqual(gist(was), gist(is))) {
    const state = (await statesOf(store, [was])).get(attribute);
    if (state && state !== 'stopped') return { definition: { ...is, job: was.job }, changes: [], state };
  }
  const { job, changes } = startJob(now, { id: newId('job', now), kind: computeKind, by: actor, input: { attribute } });
  return { definition: { ...is, job: job.id }, changes, state: 'computing' };
};

/** what takes computed values away when nobody computes them any more */
export const withdrawn = ({ now, actor }: Pick<Ctx, 'now' | 'actor'>, was: Definition): Change[] => {
  if (!was.computed) return [];
  const { attribute } = was;
  return startJob(now, { id: newId('job', now), kind: withdrawKind, by: actor, input: { attribute } }).changes;
};

/** customers that are gone through for all that is computed of them */
type Some = { customers: string[]; adoptedSince?: string };

export const going = ({ now, actor }: Pick<Ctx, 'now' | 'actor'>, input: Some, at?: string): Change[] => {
  const { job } = startJob(now, { id: newId('job', now), kind: computeKind, by: actor, input });
  return [insert(jobs, job), continueJob(job, at)];
};

type Asking = Pick<Ctx, 'now' | 'actor' | 'store'>;

/** what has the values of some customers computed anew from their timelines, where any are computed */
export const anew = async (ctx: Asking, customers: string[]): Promise<Change[]> =>
  computedOf(await settingsOf(ctx.store)).length ? going(ctx, { customers }) : [];

/** as long as its claims are remembered, and some days less */
const lately = 'P30D';

/** what has a customer's adopted history counted, at an instant, where anything is computed from behaviour */
export const adopting = async (ctx: Asking, customerId: string, at: string): Promise<Change[]> => {
  const ofBehaviour = computedOf(await settingsOf(ctx.store)).some(({ computed }) => isBehaviour(computed));
  return ofBehaviour ? going(ctx, { customers: [customerId], adoptedSince: minus(ctx.now, lately) }, at) : [];
};
