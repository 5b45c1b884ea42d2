import { filterByCondition } from '../../customer-facts/reads.ts';
import { customers, type StoredCustomer } from '../../customers/customer.ts';
import type { Condition } from '../../shared/conditions/condition.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, insert } from '../../shared/store/changes.ts';
import { pause } from '../../shared/store/pause.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import { type BulkChange, bulkChanges } from './bulk-log.ts';
import type { Decide, DoneTo } from './done-to.ts';
import { failed, type Line, lineOf } from './lines.ts';
import { peopleOf } from './people-of.ts';

type Id = StoredCustomer['id'];

export type Task = {
  jobId: BulkChange['jobId'];
  decide: Decide;
  dryRun: boolean;
  /** the customers were named: one that is not there is told of */
  named: boolean;
  where?: Condition;
};

const mostAttempts = 6;

const gone = (id: Id, person: null | undefined): Line =>
  person === null
    ? failed(id, new ApiError('gone', 'customer.erased', 'this customer was erased on request'))
    : failed(id, new ApiError('missing', 'customer.not-found', 'there is no such customer'));

const decided = async (decide: Decide, id: Id, person: StoredCustomer): Promise<DoneTo | Line> => {
  try {
    const done = await decide(person);
    return done?.told.length ? done : lineOf(id, [], done);
  } catch (error) {
    if (error instanceof ApiError) return failed(id, error);
    throw error;
  }
};

/** an address that another customer has: a dry run finds out as the run would */
const clash = async ({ told }: DoneTo, person: StoredCustomer, { store }: Ctx) => {
  const email = told.find(({ attribute }) => attribute === 'email')?.to;
  const holder = typeof email === 'string' ? await store.holder(customers, 'email', email) : undefined;
  return holder === undefined || holder === person.id
    ? undefined
    : new ApiError('conflict', 'customer.email-taken', 'another record already holds this value');
};

type Unit = { id: Id; person: StoredCustomer; done: DoneTo };

const logged = ({ jobId }: Task, { id, done }: Unit, { now }: Ctx): Change => {
  const { told: changes, did, fixes, left = [] } = done;
  return insert(bulkChanges, {
    jobId,
    customerId: id,
    at: now,
    changes,
    did,
    ...(fixes ? { fixes } : {}),
    ...(left.length ? { left } : {}),
    version: 1,
  });
};

/** does the units, or finds out what would keep them from being done; those to be decided again are given */
const settle = async (task: Task, units: Unit[], lines: Map<Id, Line>, ctx: Ctx): Promise<Id[]> => {
  const failures = task.dryRun
    ? await Promise.all(units.map(({ done, person }) => clash(done, person, ctx)))
    : await ctx.store.commitAll(units.map(unit => [...unit.done.changes, logged(task, unit, ctx)]));
  return units.flatMap(({ id, done }, nth) => {
    const failure = failures[nth];
    if (failure instanceof VersionConflict) return [id];
    if (failure !== undefined && !(failure instanceof ApiError)) throw failure;
    lines.set(id, failure ? failed(id, failure) : lineOf(id, done.told, done));
    return [];
  });
};

/** one attempt at some customers; those that somebody else changed meanwhile are given, to be decided again */
const attempt = async (task: Task, ids: Id[], lines: Map<Id, Line>, ctx: Ctx): Promise<Id[]> => {
  const { jobId, decide, named, where } = task;
  const [log, people] = await Promise.all([
    ctx.store.getAll(
      bulkChanges,
      ids.map(customerId => ({ jobId, customerId })),
    ),
    peopleOf(ctx.store, ids),
  ]);
  // done before a crash, or by another delivery of the same slice
  for (const one of log) lines.set(one.customerId, lineOf(one.customerId, one.changes, one));
  const left = ids.filter(id => !lines.has(id));
  const there = left.flatMap(id => people.get(id) ?? []);
  const fit = new Set(await filterByCondition(there, where, ctx));
  const outcomes = await Promise.all(
    left.map(async id => {
      const person = people.get(id);
      if (!person) return named ? gone(id, person) : undefined;
      if (!fit.has(person)) return undefined;
      const done = await decided(decide, id, person);
      return 'changes' in done && 'did' in done ? { id, person, done } : (done as Line);
    }),
  );
  const units: Unit[] = [];
  for (const outcome of outcomes) {
    if (outcome && 'done' in outcome) units.push(outcome);
    else if (outcome) lines.set(outcome.customerId, outcome);
  }
  return settle(task, units, lines, ctx);
};

/**
 * Does to some customers what a job is to do to them, each in a transaction with the note that it was done: what is noted is
 * not done again. Gives a line of the report for each that fits.
 */
export const carryOut = async (task: Task, ids: Id[], ctx: Ctx): Promise<Line[]> => {
  const lines = new Map<Id, Line>();
  let left = ids;
  for (let nth = 1; left.length && nth <= mostAttempts; nth++) {
    if (nth > 1) await pause(nth);
    left = await attempt(task, left, lines, ctx);
  }
  const busy = new ApiError('conflict', 'busy', 'others keep changing this customer');
  return [...lines.values(), ...left.map(id => failed(id, busy))];
};
