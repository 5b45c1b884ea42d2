import { isDeepStrictEqual } from 'node:util';
import { newId } from '../../../../events/ids.ts';
import { type Change, insert } from '../../../shared/changes.ts';
import type { Ctx } from '../../../shared/context.ts';
import type { Store } from '../../../shared/store.ts';
import { continued, type Job, jobs, started } from '../../jobs/job.ts';
import { settingsOf } from '../../settings.ts';
import type { Definition } from '../definition.ts';
import { computedOf, isComputed, type State } from './definitions.ts';

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
  const { job, changes } = started(now, { id: newId('job', now), kind: computeKind, by: actor, input: { attribute } });
  return { definition: { ...is, job: job.id }, changes, state: 'computing' };
};

/** what takes computed values away when nobody computes them any more */
export const withdrawn = ({ now, actor }: Pick<Ctx, 'now' | 'actor'>, was: Definition): Change[] => {
  if (!was.computed) return [];
  const { attribute } = was;
  return started(now, { id: newId('job', now), kind: withdrawKind, by: actor, input: { attribute } }).changes;
};

/** What has the values of some customers computed anew from their timelines, where any are. */
export const anew = async (
  { now, actor, store }: Pick<Ctx, 'now' | 'actor' | 'store'>,
  customers: string[],
  at?: string,
): Promise<Change[]> => {
  if (!computedOf(await settingsOf(store)).length) return [];
  const { job } = started(now, { id: newId('job', now), kind: computeKind, by: actor, input: { customers } });
  return [insert(jobs, job), continued(job, at)];
};
