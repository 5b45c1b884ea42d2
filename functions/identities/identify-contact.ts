import { contactIdentified } from '../../events/customer.ts';
import { contactProfile } from '../customers/contact-profile.ts';
import { customers, Profile } from '../customers/customer.ts';
import { startErasure } from '../customers/erased-customer.ts';
import { findErasedIdentities } from '../customers/erased-identities.ts';
import type { IdentityValue } from '../customers/identity.ts';
import { newCustomerFrom, withoutInvalidFields } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { emit } from '../shared/store/changes.ts';
import { normaliseEmail } from '../shared/text/email.ts';
import { subscriptions } from './contract.ts';

const identitiesIn = ({
  email,
  phone,
}: {
  email?: string | undefined;
  phone?: string | undefined;
}): IdentityValue[] => {
  if (email) return [{ type: 'email', value: normaliseEmail(email) }];
  return phone ? [{ type: 'phone', value: phone }] : [];
};

export const identifyContact: Reaction<typeof subscriptions.identifyContact> = async (event, ctx) => {
  const { now, store } = ctx;
  const { about, occurredAt, data } = event;
  const settings = await settingsOf(store);
  const person = contactProfile(data.contact, settings);
  const identified = (customerId: string, created = false) =>
    emit(contactIdentified, { customerId, about, data: { created } });
  const erasures = await findErasedIdentities(store, identitiesIn(person));
  const erased = erasures.find(one => one && occurredAt <= one.at);
  // the late contact joins the erased customer, and is erased with it
  if (erased) return store.commit([identified(erased.customerId), ...startErasure(erased.erasureId, ctx)]);
  const id = person.email && (await store.holder(customers, 'email', normaliseEmail(person.email)));
  if (id) return store.commit([identified(id)]);
  const { customer, changes } = withoutInvalidFields(
    given => newCustomerFrom(now, parse(Profile, given), { settings, source: data.source, checks: 'values' }),
    person,
  );
  return store.commit([...changes, identified(customer.id, true)]);
};

export const reaction = consume('identifyContact', subscriptions.identifyContact, identifyContact);
