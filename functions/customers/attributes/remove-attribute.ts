import { attributeRemoved } from '../../../events/provenance.ts';
import { say } from '../../shared/changes.ts';
import type { UseCase } from '../../shared/contract.ts';
import { settingsOf } from '../settings.ts';
import { withdrawn } from './computed/begin.ts';
import { heardBy } from './computed/listeners.ts';
import type { routes } from './contract.ts';
import { declared, keeping, needDefinition, refiling } from './declared.ts';

export const removeAttribute: UseCase<typeof routes.removeAttribute> = async ({ params: { name = '' } }, ctx) => {
  const before = await settingsOf(ctx.store);
  const definition = needDefinition(before, name);
  const { attribute } = definition;
  const { after, change } = keeping(before, { definitions: before.definitions.filter(one => one !== definition) });
  const filing = refiling(ctx, definition, undefined);
  const said = say(attributeRemoved, { about: attribute, data: { attribute } });
  const changes = [
    change,
    said,
    ...heardBy(definition, undefined),
    ...withdrawn(ctx, definition),
    ...(filing?.changes ?? []),
  ];
  return ctx.store.commit(changes, declared(definition, after));
};
