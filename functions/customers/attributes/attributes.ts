import { customerSettingsChanged, customerVerified } from '../../../events/provenance.ts';
import { invalid } from '../../shared/http/api-error.ts';
import { handlers } from '../../shared/http/contract.ts';
import { emit, update, updated } from '../../shared/store/changes.ts';
import { didYouMean } from '../../shared/text/did-you-mean.ts';
import { activeCustomer } from '../active-customer.ts';
import { customers, displayName, type StoredCustomer } from '../customer.ts';
import { profileOf } from '../profile.ts';
import { hiddenBy, redact, rejectHiddenPaths } from '../redact.ts';
import { settingsChange, settingsOf } from '../settings.ts';
import { attributeRoutes } from './attribute-routes.ts';
import { attributeNamed, isCustom } from './definition.ts';
import { isWithin, standard } from './paths.ts';
import type { Verified } from './provenance.ts';
import { attributesOf, describeValues, withOrigins } from './value-facts.ts';

/** an attribute by its whole path: `attributes.plan`, not `plan` */
const isAttribute = (path: string) =>
  attributeNamed(path) === path || (isCustom(path) && attributeNamed(path) !== undefined);

/** the attributes of a request: `address` is all of its parts, a name composed of its parts is those */
const resolveAttributes = (customer: StoredCustomer, requested: string[]) => {
  const own = attributesOf(customer);
  const parts = (path: string) => {
    const named = own.filter(attribute => isWithin(attribute, path));
    if (path !== 'name' || named.length) return named;
    return own.filter(attribute => attribute === 'givenName' || attribute === 'familyName');
  };
  const errors = requested.flatMap((path, nth) =>
    parts(path).length ? [] : [{ path: `attributes.${nth}`, message: `the customer has no value of ${path}` }],
  );
  if (errors.length) throw invalid(errors);
  return [...new Set(requested.flatMap(parts))];
};

const verifiedProvenance = (customer: StoredCustomer, attributes: string[], verified: Verified) =>
  withOrigins(
    customer,
    (attribute, origin) => (attributes.includes(attribute) ? { ...origin, verified } : origin),
    customer.provenance?.conflicts?.filter(({ attribute }) => !attributes.includes(attribute)),
  );

export const attributeHandlers = handlers(attributeRoutes, {
  readCustomerRules: (_, { store }) => settingsOf(store),

  putCustomerRules: async ({ body }, { store }) => {
    const unknown = Object.keys(body.survivorship.attributes ?? {}).filter(path => !isAttribute(path));
    if (unknown.length) {
      const message = 'is not an attribute: name a standard field, or attributes.<name>';
      const fault = (path: string) => ({
        path: `survivorship.attributes.${path}`,
        message: `${message}${didYouMean(path, standard)}`,
      });
      throw invalid(unknown.map(fault));
    }
    const { after, change } = settingsChange(await settingsOf(store), body);
    return store.commit([change, emit(customerSettingsChanged, { about: 'customers', data: body })], after);
  },

  readProvenance: async ({ params: { id = '' } }, ctx) => {
    const [customer, settings] = await Promise.all([activeCustomer(ctx.store, id), settingsOf(ctx.store)]);
    const items = describeValues(customer, { settings, now: ctx.now, hidden: hiddenBy(settings, ctx) });
    return { customerId: customer.id, version: customer.version, items };
  },

  verifyCustomer: async ({ params: { id = '' }, body }, ctx) => {
    const { now, store } = ctx;
    const { by, method, proof } = body;
    const [before, settings] = await Promise.all([activeCustomer(store, id), settingsOf(store)]);
    const hidden = hiddenBy(settings, ctx);
    rejectHiddenPaths(hidden, body.attributes);
    const attributes = resolveAttributes(before, body.attributes);
    const provenance = verifiedProvenance(before, attributes, { at: now, by, method });
    const customer = updated(now, before, { provenance });
    const { id: customerId, version } = customer;
    const items = describeValues(customer, { settings, now, hidden }, attributes);
    const data = { attributes, by, method, ...(proof === undefined ? {} : { proof }) };
    const changes = [
      update(customers, before, customer),
      emit(customerVerified, { customerId, about: customerId, data }),
    ];
    return store.commit(changes, { customerId, version, items });
  },

  listConflicts: async ({ query }, ctx) => {
    const { now, store } = ctx;
    const [{ items, nextCursor }, settings] = await Promise.all([
      store.list(customers, 'conflicts', 'open', query),
      settingsOf(store),
    ]);
    const hidden = hiddenBy(settings, ctx);
    const toConflicts = (customer: StoredCustomer) => {
      const contested = customer.provenance?.conflicts?.map(({ attribute }) => attribute) ?? [];
      return {
        customerId: customer.id,
        name: displayName(profileOf(redact(customer, hidden))),
        conflicts: describeValues(customer, { settings, now, hidden }, contested),
      };
    };
    return { items: items.map(toConflicts), nextCursor };
  },
});
