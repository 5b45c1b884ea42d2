import { isAhead } from '../shared/events/as-of.ts';
import { invalid } from '../shared/http/api-error.ts';

/** refuses what is told of as past and is still to come */
export const mustHaveHappened = (now: string, path: string, at: string | undefined) => {
  if (at !== undefined && isAhead(now, at)) throw invalid([{ path, message: 'is in the future' }]);
};
