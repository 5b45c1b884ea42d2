import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

export const limits = { codeMinutes: 15, tries: 5, codesAnHour: 5, tokenMinutes: 60 };

/** The sign-in codes of an e-mail address, whether or not a customer has it. */
const SignIn = z.object({
  /** digest of the address */
  id: z.string(),
  /** times of code requests in the last hour */
  requested: z.array(Instant),
  /** digest of the latest code; null: none, used or guessed too often */
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
  expires: ({ until }) => plus(until, 'PT1H'),
});

const codeDigest = (id: string, code: string) =>
  createHash('sha256')
    .update(JSON.stringify([id, code]))
    .digest('base64url');

/** when another code can be requested; undefined: now */
export const nextCodeAt = ({ requested }: Pick<SignIn, 'requested'>, now: string): string | undefined => {
  const recent = requested.filter(at => plus(at, 'PT1H') > now);
  return recent.length < limits.codesAnHour ? undefined : plus(recent[0] ?? now, 'PT1H');
};

export const withCode = (before: SignIn | undefined, id: string, code: string, now: string): SignIn => ({
  id,
  requested: [...(before?.requested ?? []).filter(at => plus(at, 'PT1H') > now), now],
  code: codeDigest(id, code),
  until: plus(now, `PT${limits.codeMinutes}M`),
  tries: 0,
  version: (before?.version ?? 0) + 1,
});

/** compares in constant time */
export const isCorrect = ({ id, code, until }: SignIn, given: string, now: string) =>
  code !== null && until > now && timingSafeEqual(Buffer.from(code), Buffer.from(codeDigest(id, given)));

/** a correct guess uses the code up, and so do too many wrong ones */
export const afterGuess = (before: SignIn, correct: boolean): SignIn => {
  const tries = before.tries + 1;
  const isUsed = correct || tries >= limits.tries;
  return { ...before, tries, code: isUsed ? null : before.code, version: before.version + 1 };
};
