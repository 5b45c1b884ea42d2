import type { UseCase } from '../../shared/contract.ts';
import { settingsOf } from '../settings.ts';
import type { routes } from './contract.ts';
import { declared, needDefinition } from './declared.ts';

export const readAttribute: UseCase<typeof routes.readAttribute> = async ({ params: { name = '' } }, { store }) => {
  const settings = await settingsOf(store);
  return declared(needDefinition(settings, name), settings);
};
