import { callingCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { proposals } from './proposal.ts';

export const listMyChanges: Handler<typeof routes.listMyChanges> = async ({ query }, ctx) =>
  ctx.store.belonging(proposals, (await callingCustomer(ctx)).id, query);
