import { contactIdentified } from '../../events/customer.ts';
import { customers, Profile } from '../customers/customer.ts';
import { erasedAmong } from '../customers/erased-identities.ts';
import type { KnownAs } from '../customers/erased-identity.ts';
import { normalisePhone } from '../customers/phone.ts';
import { acceptable, newCustomerFrom } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import { startErasure } from '../customers/start-erasure.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { emit } from '../shared/store/changes.ts';
import { normaliseEmail } from '../shared/text/email.ts';
import { subscriptions } from './contract.ts';

type Event = Parameters<Reaction<typeof subscriptions.recogniseContact>>[0];

const namesIn = ({ email, phone }: { email?: string | undefined; phone?: string | undefined }): KnownAs[] => {
  if (email) return [{ type: 'email', value: normaliseEmail(email) }];
  const number = phone && normalisePhone(phone);
  return number ? [{ type: 'phone', value: number }] : [];
};

/** whose contact was met before that one was erased, and is heard of only now */
const erasedSince = async (event: Event, { store }: Ctx) =>
  (await erasedAmong(store, namesIn(event.data.contact))).find(one => one && event.occurredAt <= one.at);

export const recogniseContact: Reaction<typeof subscriptions.recogniseContact> = async (event, ctx) => {
  const { now, store } = ctx;
  const { about, data } = event;
  const { contact, source } = data;
  const { company, ...person } = contact;
  const erased = await erasedSince(event, ctx);
  if (erased) {
    // what it was met for becomes the erased customer's, and goes the same way
    const known = emit(contactIdentified, { customerId: erased.customerId, about, data: { created: false } });
    await store.commit([known, ...startErasure(erased.erasureId, ctx)]);
    return;
  }
  const id = contact.email && (await store.holder(customers, 'email', normaliseEmail(contact.email)));
  if (id) {
    await store.commit([emit(contactIdentified, { customerId: id, about, data: { created: false } })]);
    return;
  }
  const settings = await settingsOf(store);
  const profile = { ...person, ...(company ? { attributes: { company } } : {}) };
  const { customer, changes } = acceptable(
    given => newCustomerFrom(now, parse(Profile, given), { settings, source, checks: 'values' }),
    profile,
  );
  await store.commit([
    ...changes,
    emit(contactIdentified, { customerId: customer.id, about, data: { created: true } }),
  ]);
};

export const handler = consume('recogniseContact', subscriptions.recogniseContact, recogniseContact);
