import type { Handler } from '../shared/http/contract.ts';
import { writingOf } from './attributes/said.ts';
import type { routes } from './contract.ts';
import { newCustomerFrom } from './profile.ts';
import { settingsOf } from './settings.ts';
import { written } from './written.ts';

export const createCustomer: Handler<typeof routes.createCustomer> = async ({ body }, ctx) => {
  const { provenance, ...profile } = body;
  const settings = await settingsOf(ctx.store);
  const decided = newCustomerFrom(ctx.now, profile, writingOf(ctx, provenance, settings));
  return ctx.store.commit(decided.changes, written(decided, settings, ctx));
};
