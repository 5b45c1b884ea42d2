import type { Condition, Leaf } from '../shared/conditions/condition.ts';
import {
  type EventCondition,
  isOwnType,
  type Pattern,
  typeOf,
  type Where,
} from '../shared/conditions/event-condition.ts';
import { messageTypes } from '../shared/conditions/message-condition.ts';
import { allLeaves, isOfAccount } from '../shared/conditions/needs.ts';
import { asksKnown } from '../shared/conditions/provenance-condition.ts';
import { indexKeys } from '../shared/events/event-index.ts';
import { behaviourKey, everything } from '../shared/events/interest.ts';
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

/** a pattern over the data of an event, over the event, or over the one of the bus, as the last */
const overBus = (type: string, where: Pattern) => {
  if ('detail' in where) return { 'detail-type': [type], detail: where.detail };
  return { 'detail-type': [type], detail: 'data' in where ? where : { data: where } };
};

/** all patterns must match: the keys of one suffice, best of one that names the events */
const keysOfType = (type: string, where: Where = []): string[] => {
  const each = [where].flat().map(pattern => indexKeys(overBus(type, pattern)));
  const every = behaviourKey(type, everything);
  return each.find(keys => !keys.includes(every) && !keys.includes(everything)) ?? [every];
};

const keysOfEvent = ({ event, where }: Pick<EventCondition, 'event' | 'where'>): string[] => {
  const type = typeOf(event);
  if (!type.startsWith('tracked.')) return [type];
  return [...(isOwnType(event) ? keysOfType(type, where) : [behaviourKey(type, event)]), ...ofHistory];
};

const keysOfAttribute = (attribute: string): string[] => {
  if (isOfAccount(attribute)) return [...eventsOfRecord('invoice'), 'credit.changed'];
  return /^(customer\.)?ownerId$/.test(attribute) ? ofOwner : ofProfile;
};

const keysOfLeaf = (leaf: Leaf): string[] => {
  if ('event' in leaf) return [leaf, ...(leaf.then ? [leaf.then] : [])].flatMap(keysOfEvent);
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
