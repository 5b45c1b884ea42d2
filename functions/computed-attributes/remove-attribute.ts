import { attributeRemoved } from '../../events/provenance.ts';
import { indexingJob, needDefinition, toDefinitionReply } from '../customers/attributes/definitions.ts';
import { settingsChange, settingsOf } from '../customers/settings.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit } from '../shared/store/changes.ts';
import { withdrawn } from './begin.ts';
import type { routes } from './contract.ts';
import { heardBy } from './listeners.ts';

export const removeAttribute: Handler<typeof routes.removeAttribute> = async ({ params: { name = '' } }, ctx) => {
  const before = await settingsOf(ctx.store);
  const definition = needDefinition(before, name);
  const { attribute } = definition;
  const { after, change } = settingsChange(before, {
    definitions: before.definitions.filter(one => one !== definition),
  });
  const filing = indexingJob(ctx, definition, undefined);
  const said = emit(attributeRemoved, { about: attribute, data: { attribute } });
  const changes = [
    change,
    said,
    ...heardBy(definition, undefined),
    ...withdrawn(ctx, definition),
    ...(filing?.changes ?? []),
  ];
  return ctx.store.commit(changes, toDefinitionReply(definition, after));
};
