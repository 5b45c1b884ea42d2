import { methodNotAllowed, routeNotFound } from './errors.ts';

export type Match<T> = { key: string; target: T; params: Record<string, string> };

type Segment = { kind: 0 | 1 | 2; text: string };

type Compiled<T> = { key: string; method: string; segments: Segment[]; greedy: boolean; target: T };

const segmentOf = (text: string): Segment => {
  if (text.endsWith('+}')) return { kind: 2, text: text.slice(1, -2) };
  return text.startsWith('{') ? { kind: 1, text: text.slice(1, -1) } : { kind: 0, text };
};

const compiled = <T>(key: string, target: T): Compiled<T> => {
  const [method = '', path = ''] = key.split(' ');
  const segments = path.split('/').slice(1).map(segmentOf);
  return { key, method, segments, greedy: segments.at(-1)?.kind === 2, target };
};

/** API Gateway's priority: a full match before a greedy one; then what is spelled out before what varies, from left to right */
const bySpecificity = (a: Compiled<unknown>, b: Compiled<unknown>) => {
  if (a.greedy !== b.greedy) return a.greedy ? 1 : -1;
  for (const [at, { kind }] of a.segments.entries()) {
    const other = b.segments[at]?.kind ?? -1;
    if (kind !== other) return kind - other;
  }
  return a.segments.length - b.segments.length || Number(a.method === 'ANY') - Number(b.method === 'ANY');
};

const paramsIn = ({ segments, greedy }: Compiled<unknown>, given: string[]) => {
  if (greedy ? given.length < segments.length : given.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, { kind, text }] of segments.entries()) {
    const value = kind === 2 ? given.slice(at).join('/') : (given[at] as string);
    if (kind === 0 ? value !== text : value === '') return undefined;
    if (kind) params[text] = value;
  }
  return params;
};

/** Routes by keys such as `GET /things/{id}`, `ANY /things/{proxy+}` and `$default`. Paths are decoded already, as API Gateway hands them on. */
export const routeTable = <T>() => {
  const routes: Compiled<T>[] = [];
  let sorted = true;
  let otherwise: Match<T> | undefined;

  const matches = function* (path: string) {
    if (!sorted) routes.sort(bySpecificity);
    sorted = true;
    const given = path.split('/').slice(1);
    for (const route of routes) {
      const params = paramsIn(route, given);
      if (params) yield { ...route, params };
    }
  };

  return {
    add(key: string, target: T) {
      if (key === '$default') otherwise = { key, target, params: {} };
      else routes.push(compiled(key, target));
      sorted = false;
    },
    find(method: string, path: string): Match<T> | undefined {
      for (const { key, target, params, method: taken } of matches(path)) {
        if (taken === method || taken === 'ANY') return { key, target, params };
      }
      return otherwise;
    },
    methods: (path: string) => [...new Set([...matches(path)].map(({ method }) => method))].sort(),
  };
};

export type RouteTable<T> = ReturnType<typeof routeTable<T>>;

/** the error for a request that no route takes: 405 where another method is taken */
export const noRoute = (routes: RouteTable<unknown>, method: string, path: string) => {
  const taken = routes.methods(path);
  if (!taken.length) return routeNotFound();
  const allow = [...taken, ...(taken.includes('GET') ? ['HEAD'] : [])].sort();
  return methodNotAllowed(`This path does not take ${method}, but ${allow.join(', ')}.`, { allow });
};

/** what takes a request; where GET is, HEAD is too */
export const findRoute = <T>(routes: RouteTable<T>, method: string, path: string): Match<T> | undefined =>
  routes.find(method === 'HEAD' ? 'GET' : method, path);
