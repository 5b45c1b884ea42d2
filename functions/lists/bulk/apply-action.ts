import { filterByCondition } from '../../customer-facts/reads.ts';
import { resolveAllMerged } from '../../customers/active-customer.ts';
import { customers, type StoredCustomer } from '../../customers/customer.ts';
import { emailTaken } from '../../customers/errors.ts';
import type { Condition } from '../../shared/conditions/condition.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { concurrentUpdate } from '../../shared/http/errors.ts';
import { type Change, insert } from '../../shared/store/changes.ts';
import { pause } from '../../shared/store/retry-on-conflict.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import { targetErased, targetNotFound } from '../errors.ts';
import { type BulkChange, bulkChanges } from './bulk-log.ts';
import type { Result } from './customer-changes.ts';
import type { Plan } from './plan-action.ts';
import { failed, type Line, lineOf } from './report.ts';

type Id = StoredCustomer['id'];
export type Lines = Map<Id, Line>;

/** what is committed for a customer, and its line if that succeeds */
export type Unit = { line: Line; changes: Change[] };

const mostAttempts = 6;

/** attempts a slice, and again those customers that were changed concurrently; returns its lines */
export const attempts = async (ids: Id[], attempt: (ids: Id[], lines: Lines) => Promise<Id[]>): Promise<Line[]> => {
  const lines: Lines = new Map();
  let left = ids;
  for (let nth = 1; left.length && nth <= mostAttempts; nth++) {
    if (nth > 1) await pause(nth);
    left = await attempt(left, lines);
  }
  return [...lines.values(), ...left.map(id => failed(id, concurrentUpdate()))];
};

export const outcomeOf = async <T>(id: Id, decide: () => Promise<T>): Promise<T | Line> => {
  try {
    return await decide();
  } catch (error) {
    if (error instanceof ApiError) return failed(id, error);
    throw error;
  }
};

/** reports what needs no commit, and commits the units, each by itself; returns the customers to attempt again */
export const commitOutcomes = async <U extends Unit>(
  outcomes: (U | Line | undefined)[],
  lines: Lines,
  commit: (units: U[]) => Promise<unknown[]>,
): Promise<Id[]> => {
  const units: U[] = [];
  for (const outcome of outcomes) {
    if (outcome && 'line' in outcome) units.push(outcome);
    else if (outcome) lines.set(outcome.customerId, outcome);
  }
  const failures = await commit(units);
  return units.flatMap(({ line }, nth) => {
    const failure = failures[nth];
    if (failure instanceof VersionConflict) return [line.customerId];
    if (failure !== undefined && !(failure instanceof ApiError)) throw failure;
    lines.set(line.customerId, failure ? failed(line.customerId, failure) : line);
    return [];
  });
};

export type Task = {
  jobId: BulkChange['jobId'];
  plan: Plan;
  dryRun: boolean;
  /** the customers were named: those that do not exist are reported */
  named: boolean;
  where?: Condition;
};

type Applied = Unit & { customer: StoredCustomer; result: Result };

/** an e-mail address of another customer, which a dry run has to find itself */
const clash = async ({ result, customer }: Applied, { store }: Ctx) => {
  const email = result.values.find(({ attribute }) => attribute === 'email')?.to;
  const holder = typeof email === 'string' ? await store.holder(customers, 'email', email) : undefined;
  if (holder === undefined || holder === customer.id) return undefined;
  return emailTaken();
};

const logged = ({ jobId }: Task, customerId: Id, result: Result, { now }: Ctx): Change => {
  const { values: changes, done, fixes, left = [] } = result;
  const details = { ...(fixes ? { fixes } : {}), ...(left.length ? { left } : {}) };
  return insert(bulkChanges, { jobId, customerId, at: now, changes, done, ...details, version: 1 });
};

const attempt = async (task: Task, ids: Id[], lines: Lines, ctx: Ctx): Promise<Id[]> => {
  const { jobId, plan, named, where } = task;
  const keys = ids.map(customerId => ({ jobId, customerId }));
  const [log, targets] = await Promise.all([ctx.store.getAll(bulkChanges, keys), resolveAllMerged(ctx.store, ids)]);
  // changed before a crash, or by another delivery of the same slice
  for (const one of log) lines.set(one.customerId, lineOf(one.customerId, one.changes, one));
  const left = ids.filter(id => !lines.has(id));
  const present = left.flatMap(id => targets.get(id) ?? []);
  const matching = new Set(await filterByCondition(present, where, ctx));
  const apply = async (id: Id): Promise<Applied | Line | undefined> => {
    const customer = targets.get(id);
    if (!customer) return named ? failed(id, customer === null ? targetErased() : targetNotFound()) : undefined;
    if (!matching.has(customer)) return undefined;
    const result = await plan(customer);
    if (!result?.values.length) return lineOf(id, [], result);
    const changes = [...result.changes, logged(task, id, result, ctx)];
    return { customer, result, changes, line: lineOf(id, result.values, result) };
  };
  const outcomes = await Promise.all(left.map(id => outcomeOf(id, () => apply(id))));
  return commitOutcomes(outcomes, lines, all =>
    task.dryRun
      ? Promise.all(all.map(unit => clash(unit, ctx)))
      : ctx.store.commitAll(all.map(({ changes }) => changes)),
  );
};

export const applyAction = (task: Task, ids: Id[], ctx: Ctx): Promise<Line[]> =>
  attempts(ids, (some, lines) => attempt(task, some, lines, ctx));
