import { originOf } from '../customers/attributes/origins.ts';
import { valuesOf } from '../customers/attributes/paths.ts';
import type { Origin } from '../customers/attributes/provenance.ts';
import { contest, orderOf } from '../customers/attributes/survivorship.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { profileOf } from '../customers/profile.ts';
import type { Criterion, CustomerSettings } from '../customers/settings.ts';
import { type Rule, survivorWins } from './merge-profiles.ts';

/** a newer value alone does not replace one of the record that was chosen to stay */
const usually: Criterion[] = ['verified', 'rank'];

/** Of two values the one of better standing by the company's rules; else the one of the record that stays. */
export const byStanding = (settings: CustomerSettings, now: string): Rule => {
  const verdictOf = (attribute: string, first: Origin, second: Origin) =>
    contest({ attribute, first, second }, { settings, now }, orderOf(settings, attribute) ?? usually);
  const standing = (customer: StoredCustomer, attribute: string): Origin => {
    const parts = [...valuesOf(profileOf(customer)).keys()].filter(one => one.startsWith(`${attribute}.`));
    if (!parts.length) return originOf(customer, attribute);
    return parts
      .map(part => originOf(customer, part))
      .reduce((best, one) => (verdictOf(attribute, best, one)?.wins === 'second' ? one : best));
  };
  return (attribute, into, from) => {
    const verdict = verdictOf(attribute, standing(into, attribute), standing(from, attribute));
    if (!verdict) return survivorWins(attribute, into, from);
    return { wins: verdict.wins === 'first' ? 'into' : 'from', why: verdict.why };
  };
};
