import type { Condition } from './condition.ts';

/** `consents`: those, or the customer's account, which is read along with them; `attributes`: those the conditions name */
type RequiredFacts = { types: Set<string>; consents: boolean; confidence: boolean; attributes: Set<string> };

const isOfAccount = (attribute: string) => /^finance(\.|$)/.test(attribute);

export const factsAskedBy = (conditions: (Condition | undefined)[]): RequiredFacts => {
  const required: RequiredFacts = { types: new Set(), consents: false, confidence: false, attributes: new Set() };
  const visit = (condition: Condition): void => {
    if ('confidence' in condition) required.confidence = true;
    if ('all' in condition) condition.all.forEach(visit);
    else if ('any' in condition) condition.any.forEach(visit);
    else if ('not' in condition) visit(condition.not);
    else if ('event' in condition) required.types.add(condition.event);
    else if ('consent' in condition) required.consents = true;
    else if ('attribute' in condition) {
      required.attributes.add(condition.attribute);
      if (isOfAccount(condition.attribute)) required.consents = true;
    }
  };
  for (const condition of conditions) if (condition) visit(condition);
  return required;
};
