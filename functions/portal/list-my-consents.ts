import { caller } from '../customers/me.ts';
import { customerWithConsents } from '../customers/reads.ts';
import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';

export const listMyConsents: UseCase<typeof routes.listMyConsents> = async (_, ctx) => {
  const { id } = await caller(ctx);
  const known = await customerWithConsents(ctx.store, id);
  return { items: known?.consents ?? [], nextCursor: null };
};
