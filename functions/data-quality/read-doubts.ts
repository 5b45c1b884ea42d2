import { living } from '../customers/living.ts';
import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { doubtsOf } from './hygiene/doubt.ts';

export const readDoubts: UseCase<typeof routes.readDoubts> = async ({ params: { id = '' } }, { store }) => {
  const customer = await living(store, id);
  return { items: await doubtsOf(store, customer.id) };
};
