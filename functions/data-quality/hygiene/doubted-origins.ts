import { originOf, packProvenance } from '../../customers/attributes/origins.ts';
import type { Provenance } from '../../customers/attributes/provenance.ts';
import { ownValues } from '../../customers/attributes/writing.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import { profileOf } from '../../customers/profile.ts';

/** how far a value is believed that was tried and did not work */
const afterFailure = 0.05;

/** Where a customer's values come from, with little left of the trust in an attribute, until it is verified or changed. */
export const doubtedOrigins = (customer: StoredCustomer, attribute: string): Provenance => {
  const origins = [...ownValues(profileOf(customer)).keys()].map(one => {
    const { verified, ...origin } = originOf(customer, one);
    const isMeant = one === attribute || one.startsWith(`${attribute}.`);
    if (isMeant) return [one, { ...origin, confidence: afterFailure }] as const;
    return [one, verified ? { ...origin, verified } : origin] as const;
  });
  return packProvenance(new Map(origins), customer.provenance?.conflicts ?? []);
};
