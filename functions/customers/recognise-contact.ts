import { contactRecognised } from '../../events/customer.ts';
import { say } from '../shared/changes.ts';
import type { Ctx } from '../shared/context.ts';
import type { Reaction } from '../shared/contract.ts';
import { normaliseEmail } from '../shared/email.ts';
import { listen } from '../shared/listen.ts';
import { parse } from '../shared/parse.ts';
import { hears } from './contract.ts';
import { customers, Profile } from './customer.ts';
import { normalisePhone } from './phone.ts';
import { erasedAmong } from './privacy/erasure/buried.ts';
import type { KnownAs } from './privacy/erasure/erased-identity.ts';
import { goThrough } from './privacy/erasure/go-through.ts';
import { acceptable, created } from './profile.ts';
import { settingsOf } from './settings.ts';

type Event = Parameters<Reaction<typeof hears.recogniseContact>>[0];

const namesIn = ({ email, phone }: { email?: string | undefined; phone?: string | undefined }): KnownAs[] => {
  if (email) return [{ type: 'email', value: normaliseEmail(email) }];
  const number = phone && normalisePhone(phone);
  return number ? [{ type: 'phone', value: number }] : [];
};

/** whose contact was met before that one was erased, and is heard of only now */
const erasedSince = async (event: Event, { store }: Ctx) =>
  (await erasedAmong(store, namesIn(event.data.contact))).find(one => one && event.occurredAt <= one.at);

export const recogniseContact: Reaction<typeof hears.recogniseContact> = async (event, ctx) => {
  const { now, store } = ctx;
  const { about, data } = event;
  const { contact, source } = data;
  const { company, ...person } = contact;
  const erased = await erasedSince(event, ctx);
  if (erased) {
    // what it was met for becomes the erased customer's, and goes the same way
    const known = say(contactRecognised, { customerId: erased.customerId, about, data: { created: false } });
    await store.commit([known, ...goThrough(erased.erasureId, ctx)]);
    return;
  }
  const id = contact.email && (await store.holder(customers, 'email', normaliseEmail(contact.email)));
  if (id) {
    await store.commit([say(contactRecognised, { customerId: id, about, data: { created: false } })]);
    return;
  }
  const settings = await settingsOf(store);
  const profile = { ...person, ...(company ? { attributes: { company } } : {}) };
  const { customer, changes } = acceptable(
    given => created(now, parse(Profile, given), { settings, source, checks: 'values' }),
    profile,
  );
  await store.commit([...changes, say(contactRecognised, { customerId: customer.id, about, data: { created: true } })]);
};

export const handler = listen('recogniseContact', hears.recogniseContact, recogniseContact);
