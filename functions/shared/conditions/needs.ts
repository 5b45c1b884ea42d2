import { minus } from '../time/duration.ts';
import { type Condition, leavesOf } from './condition.ts';
import { typeOf } from './event-condition.ts';

/** what conditions ask of a customer: what is read to evaluate them */
export type Needs = {
  /** paths of the customer's own values */
  attributes: Set<string>;
  consents: boolean;
  account: boolean;
  confidence: boolean;
  /** types of events; undefined where nothing limits how far back they count */
  types: Set<string>;
  since: (now: string) => string | undefined;
  segments: Set<string>;
};

export const isOfAccount = (attribute: string) => /^(customer\.)?finance(\.|$)/.test(attribute);

/** the earliest of the times that windows reach back to; undefined: one of them has no beginning */
const earliest = (windows: (string | undefined)[]) => (now: string) =>
  windows.some(within => within === undefined)
    ? undefined
    : windows.map(within => minus(now, within as string)).sort()[0];

export const needsOf = (conditions: (Condition | undefined)[]): Needs => {
  const leaves = conditions.flatMap(condition => (condition ? leavesOf(condition) : [])).map(({ leaf }) => leaf);
  const attributes = leaves.flatMap(leaf => ('attribute' in leaf ? [leaf.attribute] : []));
  const events = leaves.flatMap(leaf => ('event' in leaf ? [leaf] : []));
  return {
    attributes: new Set(attributes),
    consents: leaves.some(leaf => 'consent' in leaf),
    account: attributes.some(isOfAccount),
    confidence: leaves.some(leaf => 'confidence' in leaf),
    types: new Set(events.map(({ event }) => typeOf(event))),
    since: earliest(events.map(({ within }) => within)),
    segments: new Set(leaves.flatMap(leaf => ('segment' in leaf ? [leaf.segment] : []))),
  };
};
