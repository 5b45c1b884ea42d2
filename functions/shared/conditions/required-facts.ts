import type { Condition } from './condition.ts';

/** `consents`: those, or the customer's account, which is read along with them; `attributes`: which are asked of */
type Asked = { types: Set<string>; consents: boolean; confidence: boolean; attributes: Set<string> };

const isOfAccount = (attribute: string) => /^finance(\.|$)/.test(attribute);

/** which facts the conditions need, and which attributes of the customer they ask of */
export const factsAskedBy = (conditions: (Condition | undefined)[]): Asked => {
  const asked: Asked = { types: new Set(), consents: false, confidence: false, attributes: new Set() };
  const visit = (condition: Condition): void => {
    if ('confidence' in condition) asked.confidence = true;
    if ('all' in condition) condition.all.forEach(visit);
    else if ('any' in condition) condition.any.forEach(visit);
    else if ('not' in condition) visit(condition.not);
    else if ('event' in condition) asked.types.add(condition.event);
    else if ('consent' in condition) asked.consents = true;
    else if ('attribute' in condition) {
      asked.attributes.add(condition.attribute);
      if (isOfAccount(condition.attribute)) asked.consents = true;
    }
  };
  for (const condition of conditions) if (condition) visit(condition);
  return asked;
};
