import type { Condition } from '../../shared/condition.ts';
import { type FieldError, invalid } from '../../shared/refusal.ts';
import { type Hidden, isHidden } from '../shown.ts';

const childrenOf = (condition: Condition): Condition[] => {
  if ('all' in condition) return condition.all;
  if ('any' in condition) return condition.any;
  return 'not' in condition ? [condition.not] : [];
};

const asksSegment = (condition: Condition): boolean =>
  'segment' in condition || childrenOf(condition).some(asksSegment);

const attributesOf = (condition: Condition): string[] => [
  ...('attribute' in condition ? [condition.attribute] : []),
  ...childrenOf(condition).flatMap(attributesOf),
];

/** refuses a condition over what nobody keeps yet, or over what the caller may not see: who fits would tell it */
export const mayBeAsked = (condition: Condition | undefined, path: string[], hidden: Hidden) => {
  if (!condition) return;
  const at = path.join('.');
  const secret = attributesOf(condition).filter(attribute => isHidden(hidden, attribute));
  const errors: FieldError[] = [
    ...(asksSegment(condition) ? [{ path: at, message: 'conditions on segments cannot be judged here' }] : []),
    ...secret.map(attribute => ({ path: at, message: `asks for ${attribute}, which you may not see` })),
  ];
  if (errors.length) throw invalid(errors);
};
