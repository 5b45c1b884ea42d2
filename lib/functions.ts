import { jobContinued } from '../events/job.ts';
import * as contexts from '../functions/contexts.ts';
import type { Routes, Subscription, Use, Workflow } from '../functions/shared/http/contract.ts';
import { kebab } from './names.ts';

export type Contract = {
  routes?: Routes;
  subscriptions?: Record<string, Subscription>;
  workflows?: Record<string, Workflow>;
  /** kinds of jobs, with what they use */
  works?: Record<string, { uses?: Use[] }>;
  uses?: Use[];
  /** its routes use neither the store nor anything else */
  stateless?: boolean;
};

type Named = [context: string, contract: Contract];

const fileOf = (context: string, name: string) => `functions/${context}/${kebab(name)}.ts`;

const declared = <T extends object>(context: string, declarations: Record<string, T> = {}) =>
  Object.entries(declarations).map(([name, one]) => ({
    name: kebab(`${context}-${name}`),
    entry: fileOf(context, name),
    context,
    ...one,
  }));

/** the function that runs the jobs of a context, one message at a time: a slice may take all of its time */
export const jobRunner = ([context, { works = {} }]: Named) => {
  const kinds = Object.keys(works);
  const uses = [...new Set(Object.values(works).flatMap(({ uses = [] }) => uses))];
  const runJob = { events: [jobContinued], kinds, uses, batchSize: 1, summary: `runs the jobs of ${context}` };
  return kinds.length ? declared(context, { runJob }) : [];
};

const all: Named[] = Object.entries(contexts);

export const contextNames = all.map(([name]) => name);

export const apis = all.flatMap(([context, { routes = {}, uses = [], stateless = false }]) =>
  Object.keys(routes).length ? declared(context, { api: { routes, uses, stateless } }) : [],
);

type Reaction = Subscription & { name: string; entry: string; context: string; kinds?: string[]; batchSize?: number };

export const reactions: Reaction[] = all.flatMap(one => [...declared(one[0], one[1].subscriptions), ...jobRunner(one)]);

/** workflows, with the function of each that does its tasks */
export const workflows = all.flatMap(([context, contract]) => declared(context, contract.workflows));

/** the readers of the store's stream */
export const outbox = {
  relay: { name: 'relay', entry: 'functions/shared/events/relay.ts' },
  setTimers: { name: 'set-timers', entry: 'functions/shared/events/set-timers.ts' },
};

/** the trigger of the user pool */
export const signIn = { addTenant: { name: 'add-tenant', entry: 'functions/shared/http/add-tenant.ts' } };

/** name of each function -> its file */
export const entries = Object.fromEntries(
  [...apis, ...reactions, ...workflows, ...Object.values(outbox), ...Object.values(signIn)].map(({ name, entry }) => [
    name,
    entry,
  ]),
);
