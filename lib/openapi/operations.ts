import type { Route, Routes } from '../../functions/shared/http/contract.ts';

export type Contract = { routes?: Routes; about?: string; [exported: string]: unknown };

export type Contracts = Record<string, Contract>;

export type Operation = { name: string; context: string; route: Route; method: string; path: string };

export const operationsOf = (contracts: Contracts): Operation[] =>
  Object.entries(contracts).flatMap(([context, { routes = {} }]) =>
    Object.entries(routes).map(([name, route]) => {
      const [method = '', path = ''] = route.key.split(' ');
      return { name, context, route, method: method.toLowerCase(), path };
    }),
  );

export const paramsOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

export const takesIdempotencyKey = ({ method, route }: Operation) =>
  method === 'post' && (route.auth === 'token' || route.auth === 'customer');

export const takesIfMatch = ({ method, path }: Operation) => method !== 'get' && paramsOf(path).length > 0;

export const capital = (name: string) => name.slice(0, 1).toUpperCase() + name.slice(1);
