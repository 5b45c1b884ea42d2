import { methodNotAllowed, routeNotFound } from './errors.ts';
import type { RouteTable } from './match-route.ts';

/** the error for a request that no route takes: 405 where another method is taken */
export const noRoute = (routes: RouteTable<unknown>, method: string, path: string) => {
  const taken = routes.methods(path);
  if (!taken.length) return routeNotFound();
  const allow = [...taken, ...(taken.includes('GET') ? ['HEAD'] : [])].sort();
  return methodNotAllowed(`This path does not take ${method}, but ${allow.join(', ')}.`, { allow });
};
