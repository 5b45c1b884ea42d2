import type { Route, Routes } from '../../functions/shared/http/contract.ts';

/** what the reference reads of a context's contract */
export type Contract = {
  routes?: Routes;
  /** one sentence on what the context is about */
  about?: string;
  [exported: string]: unknown;
};

export type Contracts = Record<string, Contract>;

/** a declared route with where it was declared; `name` is its operation id */
export type Operation = { name: string; context: string; route: Route; method: string; path: string };

/** every declared route */
export const operationsOf = (contracts: Contracts): Operation[] =>
  Object.entries(contracts).flatMap(([context, { routes = {} }]) =>
    Object.entries(routes).map(([name, route]) => {
      const [method = '', path = ''] = route.key.split(' ');
      return { name, context, route, method: method.toLowerCase(), path };
    }),
  );

/** the names of a path's parameters; `{rest+}` is one of several segments */
export const paramsOf = (path: string) => [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => name);
