import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity, main } from '../shared/store/entity.ts';

/** what somebody was known by; a value is as the customer's record has it: in lower case, E.164 */
export type KnownAs = { type: 'email' | 'phone' | 'externalId' | 'anonymousId'; value: string };

/** That an identity was an erased customer's, without saying which identity: its id is a keyed digest. */
const ErasedIdentity = z.object({ id: z.string(), customerId: CustomerId, erasureId: idOf('erasure'), at: Instant });
export type ErasedIdentity = z.output<typeof ErasedIdentity>;

export const erasedIdentities = entity('erased-identity', ErasedIdentity, { onErase: 'not-personal' });

/** when somebody was last erased: until there is a first time nobody asks for identities */
export const lastErasure = entity('last-erasure', z.object({ at: Instant }), {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'last-erasure'], part: main }),
});
