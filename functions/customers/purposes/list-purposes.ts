import type { Handler } from '../../shared/http/contract.ts';
import { revive } from '../../shared/store/entity.ts';
import { purposes } from './purpose.ts';
import type { purposeRoutes } from './purpose-routes.ts';

export const listPurposes: Handler<typeof purposeRoutes.listPurposes> = async ({ query }, { store }) => {
  const { of } = purposes.key({ name: '' });
  const { items, nextCursor } = await store.range(of, { ...query, upwards: true });
  return { items: items.map(item => revive(purposes, item)), nextCursor };
};
