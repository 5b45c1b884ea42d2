import { createHash } from 'node:crypto';
import * as z from 'zod';
import { identityUnlinked } from '../../events/customer.ts';
import { CustomerId, idOf } from '../../events/ids.ts';
import { unknownPartition, visitorDigest, visitorPartition } from '../shared/events/anonymous-partition.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant } from '../shared/http/contract.ts';
import { type Change, emit, insert, put, remove, update } from '../shared/store/changes.ts';
import { entity, main, type Place, shardOf } from '../shared/store/entity.ts';
import type { MergedPart, Merging } from '../shared/store/merge.ts';
import type { Store } from '../shared/store/store.ts';
import { identifiersOf, type StoredCustomer } from './customer.ts';
import { identityTaken } from './errors.ts';

export const identityTypes = ['anonymousId', 'externalId'] as const;

export const Identity = z.object({
  id: CustomerId,
  type: z.enum(identityTypes),
  value: z.string().max(256),
  since: Instant,
  claimed: z
    .boolean()
    .optional()
    .describe('only a public write key named it: it carries behaviour to the customer, and proves nothing'),
  vouched: z
    .enum(['server', 'proof'])
    .optional()
    .describe('what has named a claimed user id since: a server key, or a signed proof'),
  identifiedAt: Instant.optional().describe('when the customer was last identified on this device'),
  released: z.boolean().optional(),
});
export type Identity = z.output<typeof Identity>;

/** a value that identifies a customer, normalised as in its record */
export type IdentityValue = { type: 'email' | 'phone' | 'externalId' | 'anonymousId'; value: string };

export const signInId = (email: string) =>
  createHash('sha256')
    .update(JSON.stringify([email]))
    .digest('base64url');

/** the partitions of what belongs to an identity rather than to its customer */
export const identityPartitions = ({ type, value }: IdentityValue): Place['of'][] => {
  if (type === 'email') return [['sign-in', signInId(value)]];
  if (type === 'phone') return [];
  return [unknownPartition({ type, value }), visitorPartition(visitorDigest({ type, value }))];
};

export const identities = entity('identity', Identity, {
  onMerge: {
    merge: (...args) => mergeIdentity(...args),
    undo: (...args) => undoIdentityMerge(...args),
    counted: 'identities',
  },
  onErase: async ({ type, value, released }, { bury }) =>
    released ? {} : { changes: await bury([{ type, value }]), emptied: identityPartitions({ type, value }) },
  area: 'profile',
  key: ({ id, type, value }: { id: string; type: string; value: string }) => ({
    of: ['customer', id],
    part: `identity#${type}#${value}`,
  }),
  unique: {
    value: { taken: identityTaken, of: ({ type, value, released }) => (released ? null : `${type}:${value}`) },
  },
});

/** whether somebody who can know says that a user id is this customer's */
export const isFirm = ({ claimed, vouched }: Identity) => !claimed && !vouched;

/** whether what a server tracks under a user id is this customer's: a stranger may have claimed the id of somebody else */
export const carriesServerCalls = ({ claimed, vouched }: Identity) => !claimed && vouched !== 'server';

/** when an identity last went from a customer of the shard to another, or to none: what is remembered from before does not count */
export const identityMoves = entity('identity-moves', z.object({ shard: z.int(), at: Instant }), {
  onErase: 'not-personal',
  key: ({ shard }: { shard: number }) => ({ of: ['settings', 'identity-moves'], part: String(shard) }),
});

const shards = 8;

/** a function may take identities for those of the customers that they had this long ago */
export const identityMovesSeenWithinMs = 250;

export const identityMoved = (now: string, customerId: string): Change =>
  put(identityMoves, { shard: shardOf(customerId, shards), at: now });

export const lastIdentityMove = async (store: Store): Promise<string | undefined> => {
  const moves = await store.getAll(
    identityMoves,
    Array.from({ length: shards }, (_, shard) => ({ shard })),
  );
  return moves
    .map(({ at }) => at)
    .sort()
    .at(-1);
};

/** Takes an identity from its customer. What remains is a mark: a public key does not link the two again. */
export const released = (now: string, link: Identity): Change[] => {
  const { id, type, value } = link;
  return [
    update(identities, link, { ...link, released: true }),
    emit(identityUnlinked, { customerId: id, about: id, data: { identity: { type, value } } }),
    identityMoved(now, id),
  ];
};

const mergeIdentity: MergedPart<Identity>['merge'] = (identity, into) => ({
  changes: [remove(identities, identity), insert(identities, { ...identity, id: into })],
  undo: identity,
});

const undoIdentityMerge = async (undo: unknown, { into }: Merging, { store }: Ctx): Promise<Change[]> => {
  const was = undo as Identity;
  const is = await store.get(identities, { ...was, id: into });
  return is ? [remove(identities, is), insert(identities, was)] : [];
};

const identifying = ['email', 'phone', 'externalId'] as const;

/** all values that identify a customer, those of merged customers included */
export const identityValuesOf = (
  customer: Pick<StoredCustomer, (typeof identifying)[number] | 'mergedIdentifiers'>,
): IdentityValue[] => identifying.flatMap(type => identifiersOf(customer, type).map(value => ({ type, value })));

/** An identity of an erased customer: its id is a keyed digest, which does not reveal the value. */
const ErasedIdentity = z.object({ id: z.string(), customerId: CustomerId, erasureId: idOf('erasure'), at: Instant });
export type ErasedIdentity = z.output<typeof ErasedIdentity>;

export const erasedIdentities = entity('erased-identity', ErasedIdentity, { onErase: 'not-personal' });

/** the key of their digests */
export const erasedIdentityKeys = entity('erased-identity-key', z.object({ key: z.string(), createdAt: Instant }), {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'erased-identity-key'], part: main }),
});

/** when a customer was last erased: before the first erasure no identities need to be checked */
export const lastErasure = entity('last-erasure', z.object({ at: Instant }), {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'last-erasure'], part: main }),
});
