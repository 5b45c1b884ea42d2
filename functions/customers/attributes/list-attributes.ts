import type { UseCase } from '../../shared/contract.ts';
import { settingsOf } from '../settings.ts';
import { statesOf } from './computed/begin.ts';
import type { routes } from './contract.ts';
import { declared } from './declared.ts';

export const listAttributes: UseCase<typeof routes.listAttributes> = async (_, { store }) => {
  const settings = await settingsOf(store);
  const states = await statesOf(store, settings.definitions);
  const items = settings.definitions.map(one => declared(one, settings, states.get(one.attribute)));
  return { items, nextCursor: null };
};
