import { attributeDefined, attributeRemoved } from '../../events/provenance.ts';
import { refuseOrWarn } from '../customer-facts/check-condition.ts';
import { namesKnownTo } from '../customer-facts/known-names.ts';
import { mostIndexed } from '../customers/attributes/attribute-lookups.ts';
import { attributeNamed, builtIn, type Definition, isCustom, Typing } from '../customers/attributes/definition.ts';
import { indexingJob, needDefinition, toDefinitionReply } from '../customers/attributes/definitions.ts';
import { settingsChange, settingsOf } from '../customers/settings.ts';
import { type FieldError, invalid } from '../shared/http/api-error.ts';
import { handlers, Reply, type Request } from '../shared/http/contract.ts';
import { emit } from '../shared/store/changes.ts';
import { checkComputed } from './check-computed.ts';
import { startComputing, startWithdrawal, statesOf } from './compute-jobs.ts';
import { routes } from './contract.ts';
import { tooManyAttributes } from './errors.ts';
import { filingChanges } from './filed-definitions.ts';

/** all are in one item, which every write of a customer reads */
const most = { definitions: 200, characters: 100_000, computed: 20 };

type Fields = Request<typeof routes.putAttribute>['body'];

const faults = (attribute: string | undefined, fields: Fields): FieldError[] => {
  if (!attribute) return [{ path: 'name', message: 'is neither a standard field nor a valid name of a custom one' }];
  if (fields.computed && builtIn.includes(attribute))
    return [{ path: 'name', message: 'is written by Rapport itself' }];
  if (isCustom(attribute)) return fields.type ? [] : [{ path: 'type', message: 'a custom attribute needs a type' }];
  return Object.keys(Typing)
    .filter(name => fields[name as keyof typeof Typing])
    .map(path => ({ path, message: `${attribute} is a standard field: its type cannot be changed` }));
};

const mustFit = (definitions: Definition[]) => {
  const count = (name: 'computed' | 'indexed') => definitions.filter(one => one[name]).length;
  if (definitions.length > most.definitions) {
    throw tooManyAttributes(`At most ${most.definitions} attributes can be defined. Delete one first.`);
  }
  if (JSON.stringify(definitions).length > most.characters) {
    throw tooManyAttributes('All definitions together are too long. Shorten descriptions and lists of values.');
  }
  if (count('computed') > most.computed)
    throw tooManyAttributes(`At most ${most.computed} attributes can be computed.`);
  if (count('indexed') > mostIndexed) throw tooManyAttributes(`At most ${mostIndexed} attributes can be indexed.`);
};

export const attributeHandlers = handlers(routes, {
  listAttributes: async (_, { store }) => {
    const settings = await settingsOf(store);
    const states = await statesOf(store, settings.definitions);
    const items = settings.definitions.map(one => toDefinitionReply(one, settings, states.get(one.attribute)));
    return { items, nextCursor: null };
  },

  readAttribute: async ({ params: { name = '' } }, { store }) => {
    const settings = await settingsOf(store);
    const definition = needDefinition(settings, name);
    const states = await statesOf(store, [definition]);
    return toDefinitionReply(definition, settings, states.get(definition.attribute));
  },

  putAttribute: async ({ params: { name = '' }, body }, ctx) => {
    const attribute = attributeNamed(name);
    const errors = faults(attribute, body);
    if (!attribute || errors.length) throw invalid(errors);
    const before = await settingsOf(ctx.store);
    const was = before.definitions.find(one => one.attribute === attribute);
    if (body.computed) {
      checkComputed({ ...body, computed: body.computed });
      const unknown = (await namesKnownTo(ctx.store)).inEvent(body.computed);
      refuseOrWarn(
        unknown.map(one => ({ ...one, path: `computed.${one.path}` })),
        ctx,
      );
    }
    const { definition, changes, state } = await startComputing(ctx, was, { ...body, attribute, updatedAt: ctx.now });
    const definitions = was
      ? before.definitions.map(one => (one === was ? definition : one))
      : [...before.definitions, definition];
    mustFit(definitions);
    const { after, change } = settingsChange(before, { definitions });
    const filing = indexingJob(ctx, was, definition);
    const reply = { ...toDefinitionReply(definition, after, state), ...(filing ? { filing: filing.job.id } : {}) };
    const all = [
      change,
      emit(attributeDefined, { about: attribute, data: definition }),
      ...changes,
      ...filingChanges(was, definition),
      ...(filing?.changes ?? []),
    ];
    return ctx.store.commit(all, new Reply(was ? 200 : 201, reply));
  },

  removeAttribute: async ({ params: { name = '' } }, ctx) => {
    const before = await settingsOf(ctx.store);
    const definition = needDefinition(before, name);
    const { attribute } = definition;
    const { after, change } = settingsChange(before, {
      definitions: before.definitions.filter(one => one !== definition),
    });
    const all = [
      change,
      emit(attributeRemoved, { about: attribute, data: { attribute } }),
      ...filingChanges(definition, undefined),
      ...startWithdrawal(ctx, definition),
      ...(indexingJob(ctx, definition, undefined)?.changes ?? []),
    ];
    return ctx.store.commit(all, toDefinitionReply(definition, after));
  },
});
