import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

/** how a customer may sign in by a mailed code */
export const limits = { codeMinutes: 15, tries: 5, codesAnHour: 5, tokenMinutes: 60 };

/** What is known of an address that codes are asked for; there is one whether or not anybody has that address. */
const SignIn = z.object({
  /** digest of the address */
  id: z.string(),
  /** when codes were asked for in the last hour */
  asked: z.array(Instant),
  /** the latest code, as its digest; null: none, used or guessed at too often */
  code: z.string().nullable(),
  until: Instant,
  /** wrong guesses at it */
  tries: z.int(),
  version: z.int(),
});
export type SignIn = z.output<typeof SignIn>;

export const signIns = entity('sign-in', SignIn, {
  onErase: 'delete',
  area: 'profile',
  expires: ({ until }) => plus(until, 'PT1H'),
});

const digest = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

export const codeDigest = (id: string, code: string) => digest(id, code);

/** when a further code may be asked for; undefined: now */
export const nextCodeAt = ({ asked }: Pick<SignIn, 'asked'>, now: string): string | undefined => {
  const lately = asked.filter(at => plus(at, 'PT1H') > now);
  return lately.length < limits.codesAnHour ? undefined : plus(lately[0] ?? now, 'PT1H');
};

/** the state after a code was asked for */
export const askedAgain = (before: SignIn | undefined, id: string, code: string, now: string): SignIn => ({
  id,
  asked: [...(before?.asked ?? []).filter(at => plus(at, 'PT1H') > now), now],
  code: codeDigest(id, code),
  until: plus(now, `PT${limits.codeMinutes}M`),
  tries: 0,
  version: (before?.version ?? 0) + 1,
});

/** whether a code is the one that was mailed, in the same time whatever it is */
export const isRight = ({ id, code, until }: SignIn, given: string, now: string) =>
  code !== null && until > now && timingSafeEqual(Buffer.from(code), Buffer.from(codeDigest(id, given)));

/** the state after a guess: a right one uses the code up, and so do too many wrong ones */
export const guessed = (before: SignIn, right: boolean): SignIn => {
  const tries = before.tries + 1;
  const over = right || tries >= limits.tries;
  return { ...before, tries, code: over ? null : before.code, version: before.version + 1 };
};
