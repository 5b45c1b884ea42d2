import type { Condition, Leaf } from '../shared/conditions/condition.ts';
import { type EventCondition, typeOf } from '../shared/conditions/event-condition.ts';
import { keysOfEvent } from '../shared/conditions/event-keys.ts';
import { messageTypes } from '../shared/conditions/message-condition.ts';
import { allLeaves, isOfAccount } from '../shared/conditions/needs.ts';
import { asksKnown } from '../shared/conditions/provenance-condition.ts';
import { eventsOfRecord } from './fact-records.ts';

/** what makes somebody a customer, or another one, to all conditions */
const always = ['customer.created', 'customer.merged', 'customer.unmerged', 'customer.restored'];

const ofProfile = ['customer.updated'];
const ofOwner = ['owner.assigned'];
/** origins are written with or without a change of the value */
const ofOrigins = ['customer.updated', 'customer.verified', 'data-issue.undeliverable', 'data-issue.resolved'];
const ofConsents = ['consent.changed', 'consent.expired', 'consent.requested'];
/** what was tracked before becomes the customer's */
const ofHistory = ['identity.linked', 'identity.settled'];

/** with what makes events of before the customer's */
const keysOfEvents = (condition: EventCondition): string[] =>
  [condition, ...(condition.then ? [condition.then] : [])].flatMap(({ event, where }) => [
    ...keysOfEvent({ event, where }),
    ...(typeOf(event).startsWith('tracked.') ? ofHistory : []),
  ]);

const keysOfAttribute = (attribute: string): string[] => {
  if (isOfAccount(attribute)) return [...eventsOfRecord('invoice'), 'credit.changed'];
  return /^(customer\.)?ownerId$/.test(attribute) ? ofOwner : ofProfile;
};

const keysOfLeaf = (leaf: Leaf): string[] => {
  if ('event' in leaf) return keysOfEvents(leaf);
  if ('record' in leaf) return eventsOfRecord(leaf.record);
  if ('organisation' in leaf) return [...eventsOfRecord('relationship'), ...keysOf([leaf.organisation])];
  if ('segment' in leaf) return ['segment.entered', 'segment.left'];
  if ('list' in leaf) return ['list-member.added', 'list-member.removed'];
  if ('consent' in leaf) return ofConsents;
  if ('message' in leaf) return messageTypes(leaf.message);
  if ('sample' in leaf) return [];
  return asksKnown(leaf) ? ofOrigins : keysOfAttribute(leaf.attribute);
};

/**
 * The keys (see event-index.ts) of the events that can change whether conditions hold. Those of an employer concern its
 * employees: see `employeesOf`.
 */
export const keysOf = (conditions: (Condition | undefined)[]): Set<string> =>
  new Set([...always, ...allLeaves(conditions).flatMap(keysOfLeaf)]);
