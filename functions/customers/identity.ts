import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { erasedIdentity } from './erased-customer.ts';
import { settleIdentity, unsettleIdentity } from './identity-merge.ts';

export const identityTypes = ['anonymousId', 'externalId'] as const;

/** An identity that trackers use for a customer. */
export const Identity = z.object({
  id: CustomerId,
  type: z.enum(identityTypes),
  value: z.string().max(256),
  since: Instant,
});
export type Identity = z.output<typeof Identity>;

export const identities = entity('identity', Identity, {
  onMerge: {
    settle: (...args) => settleIdentity(...args),
    undo: (...args) => unsettleIdentity(...args),
    counted: 'identities',
  },
  onErase: (identity, erasing) => erasedIdentity(identity, erasing),
  area: 'profile',
  key: ({ id, type, value }: { id: string; type: string; value: string }) => ({
    of: ['customer', id],
    part: `identity#${type}#${value}`,
  }),
  unique: { value: { code: 'identity.taken', of: ({ type, value }) => `${type}:${value}` } },
});
