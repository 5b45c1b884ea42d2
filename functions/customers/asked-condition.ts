import type { Condition } from '../shared/conditions/condition.ts';
import { invalid } from '../shared/http/api-error.ts';
import { type Hidden, mustNotAsk } from './shown.ts';

const childrenOf = (condition: Condition): Condition[] => {
  if ('all' in condition) return condition.all;
  if ('any' in condition) return condition.any;
  return 'not' in condition ? [condition.not] : [];
};

const asksSegment = (condition: Condition): boolean =>
  'segment' in condition || childrenOf(condition).some(asksSegment);

/** refuses a condition over what nobody keeps yet, or over what the caller may not see: who fits would tell it */
export const mayBeAsked = (condition: Condition | undefined, path: string[], hidden: Hidden) => {
  if (!condition) return;
  mustNotAsk(hidden, condition);
  if (!asksSegment(condition)) return;
  throw invalid([{ path: path.join('.'), message: 'conditions on segments cannot be judged here' }]);
};
