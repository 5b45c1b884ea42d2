import type * as z from 'zod';
import type { Consent } from '../../consent/consent.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import type { Purpose } from '../../customers/purpose.ts';
import type { CustomerSettings } from '../../customers/settings.ts';

/** all that a record is judged by */
export type Facts = {
  customer: StoredCustomer;
  consents: z.output<typeof Consent>[];
  /** attributes that messages came back from for good */
  undeliverable: string[];
  /** static lists that it is on */
  lists: number;
  settings: CustomerSettings;
  /** what the company has registered that it uses personal data for */
  purposes: Pick<Purpose, 'attributes'>[];
  now: string;
};

/** how far something is so, from 0 to 1, and why in words */
export type Finding = { score: number; says: string };

/** One thing that a record is judged by; undefined where it does not apply, so that it neither helps nor harms. */
export type Check = { id: string; weight: number; of: (facts: Facts) => Finding | undefined };

/** the share of some things that are as they should be, naming those that are not; undefined of nothing */
export const share = (
  all: readonly string[],
  isRight: (one: string) => boolean,
  words: { right: string; wrong: string },
): Finding | undefined => {
  if (!all.length) return undefined;
  const wrong = all.filter(one => !isRight(one));
  if (!wrong.length) return { score: 1, says: words.right };
  return { score: 1 - wrong.length / all.length, says: `${words.wrong}: ${named(wrong)}` };
};

const mostNamed = 10;

export const named = (all: readonly string[]) =>
  all.length > mostNamed ? `${all.slice(0, mostNamed).join(', ')} and ${all.length - mostNamed} more` : all.join(', ');

export const yes = (holds: boolean, words: { right: string; wrong: string }): Finding =>
  holds ? { score: 1, says: words.right } : { score: 0, says: words.wrong };
