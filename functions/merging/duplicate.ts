import { createHash } from 'node:crypto';
import * as z from 'zod';
import { duplicateAccepted, duplicateRejected } from '../../events/duplicate.ts';
import { CustomerId, idOf } from '../../events/ids.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { subjectOf } from '../customers/lookups/subject.ts';
import { stamps } from '../shared/http/contract.ts';
import { type Change, eventOf, save, update, updated } from '../shared/store/changes.ts';
import { derivedId } from '../shared/store/derived-id.ts';
import { entity } from '../shared/store/entity.ts';

/** accepted: they were merged, by accepting it or otherwise · closed: they no longer look alike, or one was merged or erased */
export const states = ['open', 'accepted', 'rejected', 'closed'] as const;

export const Duplicate = z.object({
  id: idOf('duplicate'),
  customers: z.tuple([CustomerId, CustomerId]).describe('the two records, in the order of their ids'),
  probability: z.number().describe('that they are of one customer, 0 to 1'),
  reasons: z
    .array(z.string())
    .describe('the evidence for (+) and against (-) it, in bits: each bit doubles or halves the odds'),
  state: z.enum(states),
  decidedBy: z.string().optional().describe('who accepted or rejected it'),
  ...stamps,
});
export type Duplicate = z.output<typeof Duplicate>;

export const StoredDuplicate = Duplicate.extend({
  /** digest of the identities of both at the rejection: the pair is not proposed again until one changes */
  rejectedAs: z.string().optional(),
});
export type StoredDuplicate = z.output<typeof StoredDuplicate>;

export const duplicates = entity('duplicate', StoredDuplicate, {
  onErase: 'delete',
  lists: {
    // the most probable first, to six decimals
    state: { by: ({ state }) => state, sort: ({ probability }) => probability.toFixed(6), shards: 4 },
  },
  entries: { customer: { of: ({ customers }) => customers } },
});

type Customer = Duplicate['customers'][number];

export const inOrder = (a: Customer, b: Customer): [Customer, Customer] => (a < b ? [a, b] : [b, a]);

export const duplicateId = (a: Customer, b: Customer) => derivedId('duplicate', ...inOrder(a, b));

export type Pair = [StoredCustomer, StoredCustomer];
type Decided = { duplicate: StoredDuplicate; changes: Change[] };

/** who a record says it is, as it is compared; what may change, such as the address, is no part of it */
const identityOf = (customer: StoredCustomer) => {
  const { given, family, organisation, born, phone, email, identifiers } = subjectOf(customer);
  return [given, family, organisation, born, phone, email, Object.entries(identifiers).sort()];
};

/** A digest of who two records say they are: it changes when one of them says something else. */
export const identityDigest = (a: StoredCustomer, b: StoredCustomer) => {
  const inOrder = a.id < b.id ? [a, b] : [b, a];
  return createHash('sha256')
    .update(JSON.stringify(inOrder.map(identityOf)))
    .digest('base64url');
};

const undiscovered = (now: string, [a, b]: Pair): StoredDuplicate => {
  const customers = inOrder(a.id, b.id);
  const stamps = { version: 0, createdAt: now, updatedAt: now };
  const reasons = ['a merge of the two was undone'];
  return { id: duplicateId(...customers), customers, probability: 0, reasons, state: 'open', ...stamps };
};

/** Two records are two customers: they are not proposed again until the identity of one changes. */
export const rejectPair = (
  now: string,
  pair: Pair,
  { before, by }: { before: StoredDuplicate | undefined; by: string },
): Decided => {
  const found = before ?? undiscovered(now, pair);
  const rejected = { state: 'rejected' as const, rejectedAs: identityDigest(...pair), decidedBy: by };
  const duplicate = updated(now, found, rejected);
  const event = eventOf(duplicateRejected, { ...duplicate, customerId: pair[0].id });
  return { duplicate, changes: [save(duplicates, before, duplicate), event] };
};

export const acceptPair = (
  now: string,
  before: StoredDuplicate,
  { into, by }: { into: StoredCustomer['id']; by: string },
): Decided => {
  const { rejectedAs: _, ...rest } = before;
  const duplicate = updated(now, rest as StoredDuplicate, { state: 'accepted', decidedBy: by });
  const event = eventOf(duplicateAccepted, {
    ...duplicate,
    customerId: into,
    into,
    automatic: by.startsWith('rapport:'),
  });
  return { duplicate, changes: [update(duplicates, before, duplicate), event] };
};
