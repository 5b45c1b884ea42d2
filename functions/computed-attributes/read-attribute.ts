import { needDefinition, toDefinitionReply } from '../customers/attributes/definitions.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Handler } from '../shared/http/contract.ts';
import { statesOf } from './begin.ts';
import type { routes } from './contract.ts';

export const readAttribute: Handler<typeof routes.readAttribute> = async ({ params: { name = '' } }, { store }) => {
  const settings = await settingsOf(store);
  const definition = needDefinition(settings, name);
  const states = await statesOf(store, [definition]);
  return toDefinitionReply(definition, settings, states.get(definition.attribute));
};
