import { type Condition, leavesOf } from './condition.ts';
import { typeOf } from './event-condition.ts';

/** `consents`: those, or the customer's account, which is read along with them; `attributes`: those the conditions name */
type RequiredFacts = { types: Set<string>; consents: boolean; confidence: boolean; attributes: Set<string> };

export const isOfAccount = (attribute: string) => /^(customer\.)?finance(\.|$)/.test(attribute);

export const factsAskedBy = (conditions: (Condition | undefined)[]): RequiredFacts => {
  const required: RequiredFacts = { types: new Set(), consents: false, confidence: false, attributes: new Set() };
  for (const { leaf } of conditions.flatMap(condition => (condition ? leavesOf(condition) : []))) {
    if ('confidence' in leaf) required.confidence = true;
    if ('event' in leaf) required.types.add(typeOf(leaf.event));
    else if ('consent' in leaf) required.consents = true;
    else if ('attribute' in leaf) {
      required.attributes.add(leaf.attribute);
      if (isOfAccount(leaf.attribute)) required.consents = true;
    }
  }
  return required;
};
