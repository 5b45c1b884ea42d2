import { contactRecognised } from '../../events/customer.ts';
import { say } from '../shared/changes.ts';
import type { Reaction } from '../shared/contract.ts';
import { normaliseEmail } from '../shared/email.ts';
import { listen } from '../shared/listen.ts';
import { parse } from '../shared/parse.ts';
import { hears } from './contract.ts';
import { customers, Profile } from './customer.ts';
import { acceptable, created } from './profile.ts';
import { settingsOf } from './settings.ts';

export const recogniseContact: Reaction<typeof hears.recogniseContact> = async ({ about, data }, { now, store }) => {
  const { contact, source } = data;
  const { company, ...person } = contact;
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
