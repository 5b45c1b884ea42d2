import { attributeRemoved } from '../../../events/provenance.ts';
import { say } from '../../shared/changes.ts';
import type { UseCase } from '../../shared/contract.ts';
import { settingsOf } from '../settings.ts';
import type { routes } from './contract.ts';
import { declared, keeping, needDefinition, refiling } from './declared.ts';

export const removeAttribute: UseCase<typeof routes.removeAttribute> = async ({ params: { name = '' } }, ctx) => {
  const before = await settingsOf(ctx.store);
  const definition = needDefinition(before, name);
  const { attribute } = definition;
  const { after, change } = keeping(before, { definitions: before.definitions.filter(one => one !== definition) });
  const filing = refiling(ctx, definition, undefined);
  const said = say(attributeRemoved, { about: attribute, data: { attribute } });
  return ctx.store.commit([change, said, ...(filing?.changes ?? [])], declared(definition, after));
};
