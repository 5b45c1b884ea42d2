import type { Condition } from './condition.ts';

/** `consents`: those, or the customer's account, which is read along with them */
type Asked = { types: Set<string>; consents: boolean };

const isOfAccount = (attribute: string) => /^finance(\.|$)/.test(attribute);

/** which facts, beyond the customer, the conditions need */
export const factsAskedBy = (conditions: (Condition | undefined)[]): Asked => {
  const asked: Asked = { types: new Set(), consents: false };
  const visit = (condition: Condition): void => {
    if ('all' in condition) condition.all.forEach(visit);
    else if ('any' in condition) condition.any.forEach(visit);
    else if ('not' in condition) visit(condition.not);
    else if ('event' in condition) asked.types.add(condition.event);
    else if ('consent' in condition) asked.consents = true;
    else if ('attribute' in condition && isOfAccount(condition.attribute)) asked.consents = true;
  };
  for (const condition of conditions) if (condition) visit(condition);
  return asked;
};
