import { isDeepStrictEqual } from 'node:util';
import type { Known } from '../../shared/conditions/provenance-condition.ts';
import { toMs } from '../../shared/time/duration.ts';
import type { StoredCustomer } from '../customer.ts';
import { profileOf } from '../profile.ts';
import { type Hidden, isHidden, masked } from '../redact.ts';
import { type CustomerSettings, defaultSettings } from '../settings.ts';
import { confidenceOf, isStale } from './confidence.ts';
import { changedAt, isComposedName, originOf, packProvenance } from './origins.ts';
import { attributeAt, isWithin, standard, valuesOf } from './paths.ts';
import type { Origin } from './provenance.ts';
import { ownValues } from './writing.ts';

type Context = { settings: CustomerSettings; now: string; hidden: Hidden };

const dayMs = 86_400_000;

const describeOrigin = (attribute: string, origin: Origin, { settings, now }: Context) => ({
  source: origin.source,
  observedAt: origin.observedAt,
  age: `P${Math.max(0, Math.floor((toMs(now) - toMs(origin.observedAt)) / dayMs))}D`,
  verifiedAt: origin.verified?.at ?? null,
  verifiedBy: origin.verified?.by ?? null,
  method: origin.verified?.method ?? null,
  confidence: confidenceOf(attribute, origin, settings, now),
});

/** the attributes that a customer has values of; a name composed of its parts is not one */
export const attributesOf = (customer: StoredCustomer) => [...ownValues(profileOf(customer)).keys()];

/** a customer's provenance with other origins of its values */
export const withOrigins = (
  customer: StoredCustomer,
  become: (attribute: string, origin: Origin) => Origin,
  conflicts = customer.provenance?.conflicts ?? [],
) => {
  const origins = attributesOf(customer).map(
    attribute => [attribute, become(attribute, originOf(customer, attribute))] as const,
  );
  return packProvenance(new Map(origins), conflicts, customer.provenance?.removed);
};

const rankOf = (attribute: string) => (standard.includes(attribute) ? standard.indexOf(attribute) : standard.length);

/** the values of a customer with their origins, standard fields first; `only`: of some attributes */
export const describeValues = (customer: StoredCustomer, context: Context, only?: readonly string[]) => {
  const values = valuesOf(profileOf(customer));
  const conflicts = customer.provenance?.conflicts ?? [];
  const attributes = new Set([...values.keys(), ...conflicts.map(({ attribute }) => attribute)]);
  return [...attributes]
    .sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
    .filter(attribute => !only || only.includes(attribute))
    .map(attribute => {
      const shown = (value: unknown) => (isHidden(context.hidden, attribute) ? masked : (value ?? null));
      const origin = originOf(customer, attribute);
      const others = conflicts.filter(
        one => one.attribute === attribute && !isDeepStrictEqual(one.value, values.get(attribute)),
      );
      return {
        attribute,
        value: shown(values.get(attribute)),
        ...describeOrigin(attribute, origin, context),
        stale: isStale(attribute, origin, context.settings, context.now),
        others: others.map(one => ({
          value: shown(one.value),
          ...describeOrigin(attribute, one.origin, context),
          why: one.why,
        })),
      };
    });
};

const nameParts = ['givenName', 'familyName'];

/** since when the values at a path are as they are: the latest change of a part; undefined where there is none */
export const changedAtOf = (customer: StoredCustomer, path: string): string | undefined => {
  const attribute = attributeAt(path);
  const isComposed = attribute === 'name' && isComposedName(customer);
  return attributesOf(customer)
    .filter(one => (isComposed ? nameParts.includes(one) : isWithin(one, attribute)))
    .map(one => changedAt(originOf(customer, one)))
    .sort()
    .at(-1);
};

/** what conditions use of a value beside the value: its origin and, by the settings, its confidence */
export const provenanceFactsOf =
  (customer: StoredCustomer, now: string, settings: CustomerSettings = defaultSettings) =>
  (path: string): Known[] => {
    const attribute = attributeAt(path);
    return [...valuesOf(profileOf(customer)).keys()]
      .filter(one => isWithin(one, attribute))
      .map(one => {
        const origin = originOf(customer, one);
        const { source, observedAt, verified } = origin;
        return { source, observedAt, verified, confidence: confidenceOf(one, origin, settings, now) };
      });
  };
