import { cleanProfile, fixCounts } from '../../cleaning/clean-profile.ts';
import { type Fix, type FixId, fixes } from '../../cleaning/fixes.ts';
import { withoutComputedValues } from '../../customers/attributes/defined-values.ts';
import { originOf } from '../../customers/attributes/origins.ts';
import { attributeAt, valuesOf } from '../../customers/attributes/paths.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import { profileOf } from '../../customers/profile.ts';
import type { By } from './decide-deed.ts';
import type { DoneTo } from './done-to.ts';
import { revised } from './revised.ts';

/** what of a customer was verified: nobody guesses about that */
export const verifiedOf = (customer: StoredCustomer) =>
  new Set(
    [...valuesOf(profileOf(customer)).keys()].filter(attribute => originOf(customer, attribute).verified !== undefined),
  );

/** A customer under cleaning fixes. A value that is only written better still comes from where it came from; a guess is ours. */
export const cleanedUp = (customer: StoredCustomer, asked: readonly FixId[], { ctx, source, settings }: By): DoneTo => {
  const { patch, changes } = cleanProfile(withoutComputedValues(profileOf(customer), settings), asked, {
    now: ctx.now,
    settings,
    verified: verifiedOf(customer),
  });
  const guessed = new Set(
    changes.filter(({ fix }) => (fixes[fix] as Fix).guesses).map(({ attribute }) => attributeAt(attribute)),
  );
  const done = revised(ctx.now, customer, patch, {
    settings,
    source,
    decides: true,
    // a value that was there before its definition is not the cleaner's to refuse
    checks: 'none',
    each: attribute => (guessed.has(attribute) ? undefined : originOf(customer, attribute)),
  });
  return { ...done, fixes: fixCounts(changes) };
};
