import { toDefinitionReply } from '../customers/attributes/definitions.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Handler } from '../shared/http/contract.ts';
import { statesOf } from './begin.ts';
import type { routes } from './contract.ts';

export const listAttributes: Handler<typeof routes.listAttributes> = async (_, { store }) => {
  const settings = await settingsOf(store);
  const states = await statesOf(store, settings.definitions);
  const items = settings.definitions.map(one => toDefinitionReply(one, settings, states.get(one.attribute)));
  return { items, nextCursor: null };
};
