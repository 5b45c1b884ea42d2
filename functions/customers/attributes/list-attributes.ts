import type { UseCase } from '../../shared/contract.ts';
import { settingsOf } from '../settings.ts';
import type { routes } from './contract.ts';
import { declared } from './declared.ts';

export const listAttributes: UseCase<typeof routes.listAttributes> = async (_, { store }) => {
  const settings = await settingsOf(store);
  return { items: settings.definitions.map(one => declared(one, settings)), nextCursor: null };
};
