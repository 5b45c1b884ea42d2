import type { Condition } from '../../shared/condition.ts';
import { invalid } from '../../shared/refusal.ts';

const childrenOf = (condition: Condition): Condition[] => {
  if ('all' in condition) return condition.all;
  if ('any' in condition) return condition.any;
  return 'not' in condition ? [condition.not] : [];
};

const asksSegment = (condition: Condition): boolean =>
  'segment' in condition || childrenOf(condition).some(asksSegment);

/** refuses a condition over what nobody keeps yet */
export const mayBeAsked = (condition: Condition | undefined, path: string[]) => {
  if (!condition || !asksSegment(condition)) return;
  throw invalid([{ path: path.join('.'), message: 'conditions on segments cannot be judged here' }]);
};
