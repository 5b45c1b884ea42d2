import { isDeepStrictEqual } from 'node:util';
import { toMs } from '../../shared/time/duration.ts';
import type { StoredCustomer } from '../customer.ts';
import { profileOf } from '../profile.ts';
import type { CustomerSettings } from '../settings.ts';
import { type Hidden, isHidden, masked } from '../shown.ts';
import { confidenceOf, isStale } from './confidence.ts';
import { originOf } from './origins.ts';
import { standard, valuesOf } from './paths.ts';
import type { Origin } from './provenance.ts';

type By = { settings: CustomerSettings; now: string; hidden: Hidden };

const dayMs = 86_400_000;

const told = (attribute: string, origin: Origin, { settings, now }: By) => ({
  source: origin.source,
  observedAt: origin.observedAt,
  age: `P${Math.max(0, Math.floor((toMs(now) - toMs(origin.observedAt)) / dayMs))}D`,
  verifiedAt: origin.verified?.at ?? null,
  verifiedBy: origin.verified?.by ?? null,
  method: origin.verified?.method ?? null,
  confidence: confidenceOf(attribute, origin, settings, now),
});

/** fields of ours first, in their order */
const inOrder = (attributes: string[]) => {
  const placeOf = (attribute: string) => (standard.includes(attribute) ? standard.indexOf(attribute) : standard.length);
  return attributes.toSorted((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
};

/** what is known of each value of a customer, or of the attributes asked for */
export const knownOf = (customer: StoredCustomer, by: By, only?: readonly string[]) => {
  const values = valuesOf(profileOf(customer));
  const kept = customer.provenance?.kept ?? [];
  const attributes = new Set([...values.keys(), ...kept.map(({ attribute }) => attribute)]);
  return inOrder([...attributes])
    .filter(attribute => !only || only.includes(attribute))
    .map(attribute => {
      const value = (one: unknown) => (isHidden(by.hidden, attribute) ? masked : (one ?? null));
      const origin = originOf(customer, attribute);
      const others = kept.filter(
        one => one.attribute === attribute && !isDeepStrictEqual(one.value, values.get(attribute)),
      );
      return {
        attribute,
        value: value(values.get(attribute)),
        ...told(attribute, origin, by),
        stale: isStale(attribute, origin, by.settings, by.now),
        others: others.map(one => ({ value: value(one.value), ...told(attribute, one.origin, by), why: one.why })),
      };
    });
};
