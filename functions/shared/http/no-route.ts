import { ApiError } from './api-error.ts';
import type { RouteTable } from './match-route.ts';

/** the error for a request that no route takes: 405 where another method is taken */
export const noRoute = (routes: RouteTable<unknown>, method: string, path: string) => {
  const taken = routes.methods(path);
  if (!taken.length) return new ApiError('missing', 'route.not-found', `There is no route at this path.`);
  const allow = [...taken, ...(taken.includes('GET') ? ['HEAD'] : [])].sort();
  return new ApiError(
    'badMethod',
    'route.method-not-allowed',
    `This path does not take ${method}, but ${allow.join(', ')}.`,
    { allow },
  );
};
