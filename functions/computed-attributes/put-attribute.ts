import { attributeDefined } from '../../events/provenance.ts';
import { mostIndexed } from '../customers/attributes/attribute-lookups.ts';
import { attributeNamed, builtIn, type Definition, isCustom, Typing } from '../customers/attributes/definition.ts';
import { indexingJob, toDefinitionReply } from '../customers/attributes/definitions.ts';
import { settingsChange, settingsOf } from '../customers/settings.ts';
import { ApiError, type FieldError, invalid } from '../shared/http/api-error.ts';
import { type Handler, Reply, type Request } from '../shared/http/contract.ts';
import { emit } from '../shared/store/changes.ts';
import { begun } from './begin.ts';
import { checkComputed } from './check-computed.ts';
import type { routes } from './contract.ts';
import { heardBy } from './listeners.ts';

/** all lie in one item, which every write of a customer reads */
const most = { definitions: 200, characters: 100_000, computed: 20 };

type Body = Request<typeof routes.putAttribute>['body'];

const faults = (attribute: string | undefined, body: Body): FieldError[] => {
  if (!attribute) return [{ path: 'name', message: 'is neither a field of ours nor a name for one of your own' }];
  if (body.computed && builtIn.includes(attribute)) return [{ path: 'name', message: 'is written by Rapport itself' }];
  if (isCustom(attribute)) return body.type ? [] : [{ path: 'type', message: 'an attribute of your own needs a type' }];
  return Object.keys(Typing)
    .filter(name => body[name as keyof typeof Typing])
    .map(path => ({ path, message: `${attribute} is a field of ours: its type is its own` }));
};

const mustFit = (definitions: Definition[]) => {
  const tooMany = (words: string) => new ApiError('conflict', 'attribute.too-many', words);
  if (definitions.length > most.definitions) throw tooMany(`there are ${most.definitions} toDefinitionReply already`);
  if (JSON.stringify(definitions).length > most.characters)
    throw tooMany('all declarations together are too long: shorten descriptions and lists of values');
  if (definitions.filter(({ computed }) => computed).length > most.computed)
    throw tooMany(`${most.computed} attributes are computed at most`);
  if (definitions.filter(({ indexed }) => indexed).length > mostIndexed)
    throw tooMany(`customers are found by ${mostIndexed} attributes at most`);
};

export const putAttribute: Handler<typeof routes.putAttribute> = async ({ params: { name = '' }, body }, ctx) => {
  const attribute = attributeNamed(name);
  const errors = faults(attribute, body);
  if (!attribute || errors.length) throw invalid(errors);
  const before = await settingsOf(ctx.store);
  const was = before.definitions.find(one => one.attribute === attribute);
  if (body.computed) checkComputed({ ...body, computed: body.computed });
  const { definition, changes, state } = await begun(ctx, was, { ...body, attribute, updatedAt: ctx.now });
  const definitions = was
    ? before.definitions.map(one => (one === was ? definition : one))
    : [...before.definitions, definition];
  mustFit(definitions);
  const { after, change } = settingsChange(before, { definitions });
  const filing = indexingJob(ctx, was, definition);
  const reply = { ...toDefinitionReply(definition, after, state), ...(filing ? { filing: filing.job.id } : {}) };
  const said = emit(attributeDefined, { about: attribute, data: definition });
  const all = [change, said, ...changes, ...heardBy(was, definition), ...(filing?.changes ?? [])];
  return ctx.store.commit(all, new Reply(was ? 200 : 201, reply));
};
