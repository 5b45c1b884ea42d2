import { Answer, type UseCase } from '../shared/contract.ts';
import { invalid, Refusal } from '../shared/refusal.ts';
import { Changed } from '../shared/transaction.ts';
import type { routes } from './contract.ts';
import { customers } from './customer.ts';
import { living } from './living.ts';
import { changed, created } from './profile.ts';

/** somebody else has just created the record that we looked for in vain */
const raced = (error: unknown): never => {
  throw error instanceof Refusal && error.kind === 'conflict'
    ? new Changed('created meanwhile', { cause: error })
    : error;
};

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
    const { customer, changes } = created(now, body, { source: 'api' });
    return store.commit(changes, new Answer(201, customer)).catch(raced);
  }
  const { customer, changes } = changed(now, await living(store, id), body, { source: 'api' });
  return store.commit(changes, customer);
};
