import { contactIdentified } from '../../events/customer.ts';
import { customers, Profile } from '../customers/customer.ts';
import { startErasure } from '../customers/erased-customer.ts';
import { findErasedIdentities } from '../customers/erased-identities.ts';
import type { IdentityValue } from '../customers/identity.ts';
import { normalisePhone } from '../customers/phone.ts';
import { newCustomerFrom, withoutInvalidFields } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { emit } from '../shared/store/changes.ts';
import { normaliseEmail } from '../shared/text/email.ts';
import { subscriptions } from './contract.ts';

const identitiesIn = (contact: { email?: string | undefined; phone?: string | undefined }): IdentityValue[] => {
  if (contact.email) return [{ type: 'email', value: normaliseEmail(contact.email) }];
  const phone = contact.phone && normalisePhone(contact.phone);
  return phone ? [{ type: 'phone', value: phone }] : [];
};

export const identifyContact: Reaction<typeof subscriptions.identifyContact> = async (event, ctx) => {
  const { now, store } = ctx;
  const { about, occurredAt, data } = event;
  const { company, ...person } = data.contact;
  const identified = (customerId: string, created = false) =>
    emit(contactIdentified, { customerId, about, data: { created } });
  const erasures = await findErasedIdentities(store, identitiesIn(person));
  const erased = erasures.find(one => one && occurredAt <= one.at);
  // the late contact joins the erased customer, and is erased with it
  if (erased) return store.commit([identified(erased.customerId), ...startErasure(erased.erasureId, ctx)]);
  const id = person.email && (await store.holder(customers, 'email', normaliseEmail(person.email)));
  if (id) return store.commit([identified(id)]);
  const settings = await settingsOf(store);
  const profile = { ...person, ...(company ? { attributes: { company } } : {}) };
  const { customer, changes } = withoutInvalidFields(
    given => newCustomerFrom(now, parse(Profile, given), { settings, source: data.source, checks: 'values' }),
    profile,
  );
  return store.commit([...changes, identified(customer.id, true)]);
};

export const reaction = consume('identifyContact', subscriptions.identifyContact, identifyContact);
