import { customerVerified } from '../../../events/provenance.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { emit, update, updated } from '../../shared/store/changes.ts';
import { customers, type StoredCustomer } from '../customer.ts';
import { activeCustomer } from '../living.ts';
import { profileOf } from '../profile.ts';
import { settingsOf } from '../settings.ts';
import { hiddenBy } from '../shown.ts';
import type { attributeRoutes } from './attribute-routes.ts';
import { knownOf } from './known.ts';
import { originOf, packed } from './origins.ts';
import type { Verified } from './provenance.ts';
import { ownValues } from './settle.ts';

/** the attributes that are meant: `address` is all of its parts, a name that follows from its parts is those */
const meant = (customer: StoredCustomer, asked: string[]) => {
  const own = [...ownValues(profileOf(customer)).keys()];
  const parts = (path: string) => {
    const named = own.filter(attribute => attribute === path || attribute.startsWith(`${path}.`));
    if (path !== 'name' || named.length) return named;
    return own.filter(attribute => attribute === 'givenName' || attribute === 'familyName');
  };
  const errors = asked.flatMap((path, nth) =>
    parts(path).length ? [] : [{ path: `attributes.${nth}`, message: `there is no value of ${path}` }],
  );
  if (errors.length) throw invalid(errors);
  return [...new Set(asked.flatMap(parts))];
};

const verifiedProvenance = (customer: StoredCustomer, attributes: string[], verified: Verified) => {
  const origins = [...ownValues(profileOf(customer)).keys()].map(attribute => {
    const origin = originOf(customer, attribute);
    return [attribute, attributes.includes(attribute) ? { ...origin, verified } : origin] as const;
  });
  const kept = (customer.provenance?.kept ?? []).filter(({ attribute }) => !attributes.includes(attribute));
  return packed(new Map(origins), kept, customer.provenance?.gone);
};

export const verifyCustomer: Handler<typeof attributeRoutes.verifyCustomer> = async (
  { params: { id = '' }, body },
  ctx,
) => {
  const { now, store } = ctx;
  const { by, method, proof } = body;
  const [before, settings] = await Promise.all([activeCustomer(store, id), settingsOf(store)]);
  const attributes = meant(before, body.attributes);
  const provenance = verifiedProvenance(before, attributes, { at: now, by, method });
  const customer = updated(now, before, { provenance });
  const items = knownOf(customer, { settings, now, hidden: hiddenBy(settings, ctx) }, attributes);
  const data = { attributes, by, method, ...(proof === undefined ? {} : { proof }) };
  return store.commit(
    [update(customers, before, customer), emit(customerVerified, { customerId: before.id, about: before.id, data })],
    { customerId: before.id, version: customer.version, items },
  );
};
