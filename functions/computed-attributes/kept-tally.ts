import { madeAt } from '../../events/ids.ts';
import { attributeOutdated } from '../../events/provenance.ts';
import type { ComputedDefinition } from '../customers/attributes/definitions.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { type Change, insert, schedule, update } from '../shared/store/changes.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { type Tally, tallies } from './tally.ts';
import { fallsAt } from './window.ts';

/** a tally without the version that it is kept under */
export type Unkept = Omit<Tally, 'version'>;

/** a tally of a customer that has none of this definition */
export const freshTally = (
  { id, createdAt }: StoredCustomer,
  { attribute, job }: ComputedDefinition,
  run = job,
): Unkept => ({
  customerId: id,
  attribute,
  of: job,
  run,
  // nothing happened to it before
  filled: run === job && createdAt > madeAt(job),
  buckets: {},
});

/** the tally that there is, and what it is to the definition */
export const tallyOf = (
  found: Tally[],
  customer: StoredCustomer,
  definition: ComputedDefinition,
): { was?: Tally; is: Unkept } => {
  const was = found.find(({ attribute }) => attribute === definition.attribute);
  if (was && was.of > definition.job) throw new VersionConflict('the definition is another one by now');
  return was?.of === definition.job
    ? { was, is: was }
    : { ...(was ? { was } : {}), is: freshTally(customer, definition) };
};

/** what keeps a tally as it is by now, and a timer for when its value falls by itself */
export const keeping = (was: Tally | undefined, is: Unkept, { computed }: ComputedDefinition): Change[] => {
  const due = fallsAt(computed, is);
  const { dueAt: _, ...rest } = is;
  // an earlier timer finds out by itself when the next one is due
  const set = due !== undefined && (is.dueAt === undefined || due < is.dueAt);
  const dueAt = set ? due : is.dueAt;
  const after: Tally = { ...rest, ...(dueAt ? { dueAt } : {}), version: (was?.version ?? 0) + 1 };
  const { customerId, attribute } = is;
  return [
    was ? update(tallies, was, after) : insert(tallies, after),
    ...(set ? [schedule(due, attributeOutdated, { customerId, about: customerId, data: { attribute } })] : []),
  ];
};
