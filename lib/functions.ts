import * as contexts from '../functions/contexts.ts';
import type { Routes, Subscription, Use, Workflow } from '../functions/shared/http/contract.ts';
import { jobsOf } from '../functions/shared/jobs/jobs-of.ts';
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

const together = (uses: Use[][]) => [...new Set(uses.flat())].sort();

/** the reaction that runs the jobs of a context */
export const jobRunner = ([context, { works = {} }]: Named): Reaction[] => {
  const uses = together(Object.values(works).map(({ uses = [] }) => uses));
  const runJob = { ...jobsOf(works, uses), summary: `runs the jobs of ${context}` };
  return runJob.kinds?.length ? declared(context, { runJob }) : [];
};

const all: Named[] = Object.entries(contexts);

export const apis = all.flatMap(([context, { routes = {}, uses = [], stateless = false }]) =>
  Object.keys(routes).length ? declared(context, { api: { routes, uses, stateless } }) : [],
);

const withRights = (name: string, uses: Use[]) => [name, ...uses].join('-');

/** a function that serves the routes of contexts with equal rights, each loaded at its first request */
export type ApiFunction = { name: string; apis: typeof apis; routes: Routes; uses: Use[]; stateless: boolean };

export const apiFunctions: ApiFunction[] = [
  ...Map.groupBy(apis, ({ name, uses, stateless }) => (stateless ? name : withRights('api', uses))),
].map(([name, its]) => ({
  name,
  apis: its,
  routes: Object.assign({}, ...its.map(({ routes }) => routes)),
  uses: its[0]!.uses,
  stateless: its[0]!.stateless,
}));

export type Reaction = Subscription & { name: string; entry: string; context: string };

export const reactions: Reaction[] = all.flatMap(one => [...declared(one[0], one[1].subscriptions), ...jobRunner(one)]);

/** reactions that share a queue and a function */
export type Listener = { name: string; reactions: Reaction[]; uses: Use[]; kinds: boolean };

/**
 * Reactions share a queue where they have equal rights: an event is one message for all that it concerns. Those that subscribe to
 * every event have one of their own; so have jobs, as a slice of a job takes long, and is alone in its batch.
 */
const listenerOf = ({ uses, kinds, all }: Reaction) =>
  withRights(kinds ? 'jobs' : all ? 'reactions-to-all' : 'reactions', uses);

export const listeners: Listener[] = [...Map.groupBy(reactions, listenerOf)].map(([name, its]) => ({
  name,
  reactions: its,
  uses: its[0]!.uses,
  kinds: its[0]!.kinds !== undefined,
}));

/** workflows, with the function of each that does its tasks */
export const workflows = all.flatMap(([context, contract]) => declared(context, contract.workflows));

/** the readers of the store's stream */
export const outbox = {
  relay: { name: 'relay', entry: 'functions/shared/events/relay.ts' },
  setTimers: { name: 'set-timers', entry: 'functions/shared/events/set-timers.ts' },
};

/** publishes what is due, and what operators publish again */
export const publisher = { name: 'publish-due', entry: 'functions/shared/events/publish-due.ts' };

/** the trigger of the user pool */
export const signIn = { addTenant: { name: 'add-tenant', entry: 'functions/shared/http/add-tenant.ts' } };

/** what SES calls for each mail that arrives */
export const mailReceiver = { name: 'receive-mail', entry: 'functions/conversations/receive-mail.ts' };

/** name of each function -> its file */
export const entries = Object.fromEntries(
  [...workflows, ...Object.values(outbox), publisher, ...Object.values(signIn), mailReceiver].map(({ name, entry }) => [
    name,
    entry,
  ]),
);

/** what decides whether an event is for a reaction, as data: its code is loaded for the first one that is */
const partOf = ({ name, entry, events, all, foreign, kinds, named }: Reaction) => {
  const subscription = JSON.stringify({ events: events.map(({ name }) => ({ name })), all, foreign, kinds, named });
  return `  { name: '${name}', subscription: ${subscription}, load: () => import('./${entry}') },`;
};

const keysOf = (routes: Routes) => JSON.stringify(Object.values(routes).map(({ key }) => key));

/** name of each function that is made of parts, each loaded at its first use -> its source, in the root of the sources */
export const composed = Object.fromEntries([
  ...listeners.map(({ name, reactions }) => [
    name,
    [
      `import { reactions } from './functions/shared/events/consume.ts';`,
      'export const handler = reactions([',
      ...reactions.map(partOf),
      ']);',
    ].join('\n'),
  ]),
  ...apiFunctions.map(({ name, apis }) => [
    name,
    [
      `import { serveAll } from './functions/shared/http/serve.ts';`,
      'export const handler = serveAll([',
      ...apis.map(({ entry, routes }) => `  { keys: ${keysOf(routes)}, load: () => import('./${entry}') },`),
      ']);',
    ].join('\n'),
  ]),
]);
