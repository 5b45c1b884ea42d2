import { Answer, type UseCase } from '../shared/contract.ts';
import { invalid } from '../shared/refusal.ts';
import type { routes } from './contract.ts';
import { customers } from './customer.ts';
import { changed, created } from './profile.ts';

/** The record that holds the external id, else the one that holds the e-mail address, is merged into; else one is created. */
export const upsertCustomer: UseCase<typeof routes.upsertCustomer> = async ({ body }, { now, store }) => {
  const { externalId, email } = body;
  if (!externalId && !email) throw invalid([{ path: 'externalId', message: 'an upsert needs externalId or email' }]);
  const [byExternalId, byEmail] = await store.holders([
    { entity: customers, unique: 'externalId', value: externalId ?? '' },
    { entity: customers, unique: 'email', value: email ?? '' },
  ]);
  const id = byExternalId ?? byEmail;
  if (!id) {
    const { customer, changes } = created(now, body, 'api');
    return store.commit(changes, new Answer(201, customer));
  }
  const { customer, changes } = changed(now, await store.need(customers, { id }), body, 'api');
  return store.commit(changes, customer);
};
