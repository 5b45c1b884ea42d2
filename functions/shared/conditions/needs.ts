import { type Condition, leavesOf } from './condition.ts';
import { type EventCondition, reachOf, typeOf } from './event-condition.ts';
import { messageEvents } from './message-condition.ts';
import { asksKnown } from './provenance-condition.ts';

/** what conditions ask of a customer, and so what is read to evaluate them */
export type Needs = {
  /** paths of the customer's own values */
  attributes: Set<string>;
  consents: boolean;
  account: boolean;
  confidence: boolean;
  /** types of events */
  types: Set<string>;
  /** how far back their events count; undefined: from the beginning */
  since: (now: string) => string | undefined;
  records: Set<string>;
  segments: Set<string>;
  lists: Set<string>;
  /** what is asked of the employer */
  organisation: Condition[];
};

export const isOfAccount = (attribute: string) => /^(customer\.)?finance(\.|$)/.test(attribute);

const sinceAll = (events: EventCondition[]) => (now: string) => {
  const reaches = events.map(event => reachOf(event, now));
  return reaches.includes(undefined) ? undefined : reaches.sort()[0];
};

export const allLeaves = (conditions: (Condition | undefined)[]) =>
  conditions.flatMap(condition => (condition ? leavesOf(condition) : [])).map(({ leaf }) => leaf);

/** the conditions on events, those that conditions on messages come to included */
const eventsIn = (leaves: ReturnType<typeof allLeaves>) =>
  leaves.flatMap((leaf): EventCondition[] => {
    if ('event' in leaf) return [leaf];
    return 'message' in leaf ? messageEvents(leaf.message) : [];
  });

/** the attributes that are named, those of the employer included */
export const attributesIn = (conditions: (Condition | undefined)[]): string[] => {
  const { attributes, organisation } = needsOf(conditions);
  return [...attributes, ...(organisation.length ? attributesIn(organisation) : [])];
};

/** the segments that are named, those of the employer included */
export const segmentsIn = (conditions: (Condition | undefined)[]): string[] => {
  const { segments, organisation } = needsOf(conditions);
  return [...segments, ...(organisation.length ? segmentsIn(organisation) : [])];
};

export const needsOf = (conditions: (Condition | undefined)[]): Needs => {
  const leaves = allLeaves(conditions);
  const attributes = leaves.flatMap(leaf => ('attribute' in leaf ? [leaf.attribute] : []));
  const events = eventsIn(leaves);
  return {
    attributes: new Set(attributes),
    consents: leaves.some(leaf => 'consent' in leaf),
    account: attributes.some(isOfAccount),
    confidence: leaves.some(leaf => asksKnown(leaf) && 'confidence' in leaf),
    types: new Set(events.flatMap(({ event, then }) => [event, ...(then ? [then.event] : [])]).map(typeOf)),
    since: sinceAll(events),
    records: new Set(leaves.flatMap(leaf => ('record' in leaf ? [leaf.record] : []))),
    segments: new Set(leaves.flatMap(leaf => ('segment' in leaf ? [leaf.segment] : []))),
    lists: new Set(leaves.flatMap(leaf => ('list' in leaf ? [leaf.list] : []))),
    organisation: leaves.flatMap(leaf => ('organisation' in leaf ? [leaf.organisation] : [])),
  };
};
