import type { UseCase } from '../../shared/contract.ts';
import { settingsOf } from '../settings.ts';
import { statesOf } from './computed/begin.ts';
import type { routes } from './contract.ts';
import { declared, needDefinition } from './declared.ts';

export const readAttribute: UseCase<typeof routes.readAttribute> = async ({ params: { name = '' } }, { store }) => {
  const settings = await settingsOf(store);
  const definition = needDefinition(settings, name);
  const states = await statesOf(store, [definition]);
  return declared(definition, settings, states.get(definition.attribute));
};
