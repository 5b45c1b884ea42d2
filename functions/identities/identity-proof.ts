import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { Instant } from '../shared/http/contract.ts';
import { save } from '../shared/store/changes.ts';
import { entity, main } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

/** how long proofs by the secret before are taken after another was made */
const proofsLast = 'P1D';

const Secret = z.object({
  secret: z.string(),
  createdAt: Instant,
  before: z.object({ secret: z.string(), until: Instant }).optional(),
  version: z.int(),
});
type Secret = z.output<typeof Secret>;

/** what a company signs the user ids of its visitors with */
export const identityProofSecrets = entity('identity-proof-secret', Secret, {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'identity-proof-secret'], part: main }),
});

export const newSecret = (now: string, before: Secret | undefined) => {
  const after: Secret = {
    secret: randomBytes(32).toString('base64url'),
    createdAt: now,
    ...(before ? { before: { secret: before.secret, until: plus(now, proofsLast) } } : {}),
    version: (before?.version ?? 0) + 1,
  };
  return { after, change: save(identityProofSecrets, before, after) };
};

const signs = (secret: string, userId: string, proof: string) => {
  const [right, given] = [createHmac('sha256', secret).update(userId).digest(), Buffer.from(proof, 'hex')];
  return right.length === given.length && timingSafeEqual(right, given);
};

/** Whether a visitor’s user id was signed: HMAC-SHA256, in hex. */
export const isProof = ({ secret, before }: Secret, userId: string, proof: string, now: string) =>
  signs(secret, userId, proof) || (before !== undefined && before.until > now && signs(before.secret, userId, proof));
