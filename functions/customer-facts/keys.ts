import { type Condition, leavesOf } from '../shared/conditions/condition.ts';
import { isOwnType, typeOf } from '../shared/conditions/event-condition.ts';
import { isOfAccount } from '../shared/conditions/needs.ts';
import { behaviourKey, everything } from '../shared/events/interest.ts';

/** what makes a customer another one to all conditions */
const always = ['customer.merged', 'customer.unmerged'];

const ofProfile = ['customer.created', 'customer.updated', 'customer.verified', 'customer.restored', 'owner.assigned'];
const ofAccount = ['invoice.issued', 'invoice.changed', 'invoice.paid', 'invoice.cancelled', 'invoice.overdue'];
const ofConsents = ['consent.changed', 'consent.expired'];

const keysOfLeaf = ({ leaf }: ReturnType<typeof leavesOf>[number]): string[] => {
  if ('event' in leaf) {
    const { event } = leaf;
    if (!isOwnType(event)) return [behaviourKey(typeOf(event), event)];
    return [event.startsWith('tracked.') ? behaviourKey(event, everything) : event];
  }
  if ('segment' in leaf) return ['segment.entered', 'segment.left'];
  if ('consent' in leaf) return ofConsents;
  return isOfAccount(leaf.attribute) ? [...ofAccount, 'payment.received', 'credit.changed'] : ofProfile;
};

/** The keys (see event-index.ts) of the events of a customer that can change whether conditions hold for it. */
export const keysOf = (conditions: (Condition | undefined)[]): Set<string> => {
  const leaves = conditions.flatMap(condition => (condition ? leavesOf(condition) : []));
  return new Set(leaves.length ? [...always, ...leaves.flatMap(keysOfLeaf)] : []);
};
