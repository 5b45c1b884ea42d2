import { newId } from '../../../events/ids.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { startJob } from '../../shared/jobs/job.ts';
import { type Change, insert, update } from '../../shared/store/changes.ts';
import { type CustomerSettings, customerSettings } from '../settings.ts';
import type { State } from './computed-definitions.ts';
import { type Definition, namedAttribute, nameOf } from './definition.ts';

/** a definition as it is shown; `state` of one that is computed */
export const declared = (definition: Definition, { version }: CustomerSettings, state?: State) => ({
  ...definition,
  name: nameOf(definition),
  ...(state ? { state } : {}),
  version,
});

export const notDeclared = () =>
  new ApiError('missing', 'attribute.not-found', 'no attribute of that name is declared');

/** the definition that a path names, or a refusal */
export const needDefinition = ({ definitions }: CustomerSettings, name: string): Definition => {
  const attribute = namedAttribute(name);
  const found = definitions.find(one => one.attribute === attribute);
  if (!found) throw notDeclared();
  return found;
};

/** what keeps the settings as they are decided to be */
export const keeping = (before: CustomerSettings, decided: Partial<CustomerSettings>) => {
  const after: CustomerSettings = { ...before, ...decided, version: before.version + 1 };
  const change: Change = before.version ? update(customerSettings, before, after) : insert(customerSettings, after);
  return { after, change };
};

/** what has the customers there are found by the attributes that are indexed by now; nothing where those are the same */
export const refiling = ({ now, actor }: Ctx, was: Definition | undefined, is: Definition | undefined) => {
  const same = was?.indexed === is?.indexed && (!is?.indexed || was?.type === is.type);
  if (same || !(was?.indexed || is?.indexed)) return undefined;
  const attribute = (is ?? was)?.attribute ?? '';
  return startJob(now, { id: newId('job', now), kind: 'file-attributes', by: actor, input: { attribute } });
};
