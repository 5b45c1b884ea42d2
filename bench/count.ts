import { apiFunctions } from '../lib/functions.ts';
import type { Call } from './counter.ts';
import type { Counted, Invoked, Tenant } from './stack.ts';

/** one operation: `run` is measured, `prepare` makes what it works on */
export type Operation<Subject = unknown> = {
  name: string;
  prepare?: (crm: Tenant, nth: number) => Promise<Subject>;
  run: (crm: Tenant, subject: Subject, nth: number) => Promise<unknown>;
  /** throws unless what was counted did happen */
  check?: (crm: Tenant, subject: Subject) => Promise<void>;
};

/** what one part of an operation cost */
export type Count = {
  calls: number;
  read: number;
  write: number;
  events: number;
  functions: number;
  /** of queues */
  messages: number;
  /** states of workflows that were entered */
  transitions: number;
  schedules: number;
  operations: string[];
};

/** the request itself, and what its events brought about until nothing was under way */
export type Counts = { request: Count; rest: Count };

const http = new Set(apiFunctions.map(({ name }) => name));

const sum = (calls: Call[], invoked: Invoked[], transitions: number): Count => {
  const store = calls.filter(({ service }) => service === 'dynamodb');
  const total = (of: (call: Call) => number) => calls.reduce((all, call) => all + of(call), 0);
  return {
    calls: store.length,
    read: total(({ read }) => read),
    write: total(({ write }) => write),
    events: total(({ events }) => events),
    functions: invoked.length,
    messages: invoked.reduce((all, { messages }) => all + messages, 0),
    transitions,
    schedules: calls.filter(({ operation }) => operation.startsWith('POST /schedules')).length,
    operations: store.map(({ operation }) => operation),
  };
};

/** the first goes unmeasured: it starts functions and fills what they remember */
const runs = 4;

/** Counts an operation several times, each with a fresh subject. */
export const countOf = async <S>(
  stack: Counted,
  crm: Tenant,
  { prepare, run, check }: Operation<S>,
): Promise<Counts[]> => {
  const counted: Counts[] = [];
  for (let nth = 0; nth < runs; nth++) {
    const subject = (await prepare?.(crm, nth)) as S;
    await crm.idle();
    stack.taken();
    await run(crm, subject, nth);
    await crm.idle();
    const { calls, invoked, transitions } = stack.taken();
    await check?.(crm, subject);
    const part = (isRequest: boolean) =>
      sum(
        calls.filter(call => http.has(call.function) === isRequest),
        invoked.filter(({ name }) => http.has(name) === isRequest),
        isRequest ? 0 : transitions,
      );
    if (nth) counted.push({ request: part(true), rest: part(false) });
  }
  return counted;
};
