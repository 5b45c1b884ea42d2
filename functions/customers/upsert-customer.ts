import { ApiError, invalid } from '../shared/http/api-error.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { writingOf } from './attributes/said.ts';
import type { routes } from './contract.ts';
import { customers } from './customer.ts';
import { activeCustomer } from './living.ts';
import { changedCustomer, newCustomerFrom } from './profile.ts';
import { settingsOf } from './settings.ts';
import { written } from './written.ts';

/** somebody else has just created the record that we looked for in vain */
const raced = (error: unknown): never => {
  throw error instanceof ApiError && error.kind === 'conflict'
    ? new VersionConflict('created meanwhile', { cause: error })
    : error;
};

/** The record that holds the external id, else the one that holds the e-mail address, is merged into; else one is created. */
export const upsertCustomer: Handler<typeof routes.upsertCustomer> = async ({ body }, ctx) => {
  const { now, store } = ctx;
  const { provenance, ...profile } = body;
  const { externalId, email } = profile;
  if (!externalId && !email) throw invalid([{ path: 'externalId', message: 'an upsert needs externalId or email' }]);
  const [[byExternalId, byEmail], settings] = await Promise.all([
    store.holders([
      { entity: customers, unique: 'externalId', value: externalId ?? '' },
      { entity: customers, unique: 'email', value: email ?? '' },
    ]),
    settingsOf(store),
  ]);
  const writing = writingOf(ctx, provenance, settings);
  const id = byExternalId ?? byEmail;
  if (!id) {
    const decided = newCustomerFrom(now, profile, writing);
    return store.commit(decided.changes, new Reply(201, written(decided, settings, ctx))).catch(raced);
  }
  const decided = changedCustomer(now, await activeCustomer(store, id), profile, writing);
  return store.commit(decided.changes, written(decided, settings, ctx));
};
