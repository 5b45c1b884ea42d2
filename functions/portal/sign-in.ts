import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

export const limits = { codeMinutes: 15, tries: 5, tokenMinutes: 60 };

/** One request of a code, whether or not a customer has the address. Only who made it knows its nonce. */
const SignIn = z.object({
  /** digest of the address */
  id: z.string(),
  /** digest of the nonce */
  nonce: z.string(),
  /** digest of the code; null: used, or guessed too often */
  code: z.string().nullable(),
  until: Instant,
  /** number of guesses */
  tries: z.int(),
  version: z.int(),
});
type SignIn = z.output<typeof SignIn>;

export const signIns = entity('sign-in', SignIn, {
  onErase: 'delete',
  area: 'profile',
  key: ({ id, nonce }: { id: string; nonce: string }) => ({ of: ['sign-in', id], part: nonce }),
  expires: ({ until }) => until,
});

export const digestOf = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

export const newSignIn = (id: string, nonce: string, code: string, now: string): SignIn => ({
  id,
  nonce: digestOf(nonce),
  code: digestOf(id, code),
  until: plus(now, `PT${limits.codeMinutes}M`),
  tries: 0,
  version: 1,
});

/** compares in constant time */
export const isCorrect = ({ id, code, until }: SignIn, given: string, now: string) =>
  code !== null && until > now && timingSafeEqual(Buffer.from(code), Buffer.from(digestOf(id, given)));

/** a correct guess uses the code up, and so do too many wrong ones */
export const afterGuess = (before: SignIn, correct: boolean): SignIn => {
  const tries = before.tries + 1;
  const isUsed = correct || tries >= limits.tries;
  return { ...before, tries, code: isUsed ? null : before.code, version: before.version + 1 };
};

/** the network of a caller: an IPv6 subscriber has 2^64 addresses */
const networkOf = (ip: string) => (ip.includes(':') ? ip.split(':').slice(0, 4).join(':') : ip);

/** A network from which somebody signed in to an address: strangers cannot use up its requests. */
export const signedInFrom = entity('sign-in-from', z.object({ id: z.string(), from: z.string(), at: Instant }), {
  onErase: 'delete',
  area: 'profile',
  key: ({ id, from }: { id: string; from: string }) => ({ of: ['sign-in', id], part: `from#${from}` }),
  expires: ({ at }) => plus(at, 'P180D'),
});

export const fromOf = (ip: string) => digestOf(networkOf(ip));
