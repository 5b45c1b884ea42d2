import * as contexts from '../functions/contexts.ts';
import type { Routes, Subscription, Use, Workflow } from '../functions/shared/http/contract.ts';
import { kebab } from './names.ts';

type Contract = {
  routes?: Routes;
  subscriptions?: Record<string, Subscription>;
  workflows?: Record<string, Workflow>;
  uses?: Use[];
  /** its routes touch nothing: neither the store nor anything else */
  stateless?: boolean;
};

const all: [string, Contract][] = Object.entries(contexts);

/** the context that one is, or is a part of */
const contextOf = (name: string) => name.split('/')[0] ?? name;

/** the contexts themselves; a part of one is deployed with it */
export const contextNames = [...new Set(all.map(([name]) => contextOf(name)))];

/** every context, or part of one, that answers HTTP */
export const apis = all.flatMap(([context, { routes, uses = [], stateless = false }]) =>
  routes && Object.keys(routes).length
    ? [
        {
          name: `${kebab(context)}-api`,
          entry: `functions/${context}/api.ts`,
          context: contextOf(context),
          routes,
          uses,
          stateless,
        },
      ]
    : [],
);

/** every reaction */
export const reactions = all.flatMap(([context, { subscriptions = {} }]) =>
  Object.entries(subscriptions).map(([name, heard]) => ({
    name: kebab(`${context}-${name}`),
    entry: `functions/${context}/${kebab(name)}.ts`,
    context: contextOf(context),
    ...heard,
  })),
);

/** every workflow, with the one function that does its tasks */
export const workflows = all.flatMap(([context, { workflows: declared = {} }]) =>
  Object.entries(declared).map(([name, workflow]) => ({
    name: kebab(`${context}-${name}`),
    entry: `functions/${context}/${kebab(name)}.ts`,
    context: contextOf(context),
    ...workflow,
  })),
);

/** the two readers of the store's stream */
export const outbox = {
  relay: { name: 'relay', entry: 'functions/shared/events/relay.ts' },
  setTimers: { name: 'set-timers', entry: 'functions/shared/events/set-timers.ts' },
};

/** name of each function -> its file */
export const entries = Object.fromEntries(
  [...apis, ...reactions, ...workflows, ...Object.values(outbox)].map(({ name, entry }) => [name, entry]),
);
