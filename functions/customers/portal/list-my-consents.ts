import type { UseCase } from '../../shared/contract.ts';
import { customerWithConsents } from '../reads.ts';
import type { routes } from './contract.ts';
import { caller } from './me.ts';

export const listMyConsents: UseCase<typeof routes.listMyConsents> = async (_, ctx) => {
  const { id } = await caller(ctx);
  const known = await customerWithConsents(ctx.store, id);
  return { items: known?.consents ?? [], nextCursor: null };
};
