import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Ctx } from '../shared/http/context.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { takeQuota } from '../shared/store/quota.ts';
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';

const hour = 3600;

export const limits = { codeMinutes: 15, tries: 5, tokenMinutes: 60 };

/** of one who signs in to one address, of one caller, of one address by whomever, of all of a company: in an hour */
const most = { asked: { own: 5, caller: 30, address: 30, tenant: 5000 }, tried: { caller: 60, tenant: 20_000 } };

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

type Caller = Pick<Ctx, 'tenant' | 'now'> & { ip: string };

const secondsLeft = async ({ tenant, now }: Caller, quotas: [name: string, most: number][]) => {
  for (const [name, count] of quotas) {
    const left = await takeQuota(tenant, { name: `sign-in ${name}`, most: count, seconds: hour }, now);
    if (left) return left;
  }
  return 0;
};

/** A network from which somebody signed in to an address: strangers cannot use up its requests. */
export const signedInFrom = entity('sign-in-from', z.object({ id: z.string(), from: z.string(), at: Instant }), {
  onErase: 'delete',
  area: 'profile',
  key: ({ id, from }: { id: string; from: string }) => ({ of: ['sign-in', id], part: `from#${from}` }),
  expires: ({ at }) => plus(at, 'P180D'),
});

export const fromOf = (ip: string) => digestOf(networkOf(ip));

/** Seconds until a caller can request a code for an address; 0: now. */
export const askingWait = async (caller: Caller, id: string, store: Store) => {
  const from = fromOf(caller.ip);
  const isKnown = (await store.get(signedInFrom, { id, from })) !== undefined;
  return secondsLeft(caller, [
    [`asked ${from} ${id}`, most.asked.own],
    [`asked ${from}`, most.asked.caller],
    ...(isKnown
      ? []
      : [[`asked ${id}`, most.asked.address] as [string, number], ['asked', most.asked.tenant] as [string, number]]),
  ]);
};

export const tryingWait = (caller: Caller) =>
  secondsLeft(caller, [
    [`tried ${fromOf(caller.ip)}`, most.tried.caller],
    ['tried', most.tried.tenant],
  ]);
