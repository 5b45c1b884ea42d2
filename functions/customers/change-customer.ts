import type { Handler } from '../shared/http/contract.ts';
import { writingOf } from './attributes/said.ts';
import type { routes } from './contract.ts';
import { activeCustomer } from './living.ts';
import { changedCustomer } from './profile.ts';
import { settingsOf } from './settings.ts';
import { written } from './written.ts';

export const changeCustomer: Handler<typeof routes.changeCustomer> = async ({ params: { id = '' }, body }, ctx) => {
  const { provenance, ...patch } = body;
  const [before, settings] = await Promise.all([activeCustomer(ctx.store, id), settingsOf(ctx.store)]);
  const decided = changedCustomer(ctx.now, before, patch, writingOf(ctx, provenance, settings));
  return ctx.store.commit(decided.changes, written(decided, settings, ctx));
};
