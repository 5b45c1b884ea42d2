import type { Ctx } from '../../shared/http/context.ts';
import { startJob } from '../../shared/jobs/job.ts';
import type { Profile } from '../customer.ts';
import { attributeNotFound } from '../errors.ts';
import type { CustomerSettings } from '../settings.ts';
import { attributeNamed, type Computed, type Definition, nameOf } from './definition.ts';
import { attributeAt } from './paths.ts';

type Definitions = Pick<CustomerSettings, 'definitions'>;

/** the definition of an attribute, else of the address or identifiers that it is part of */
export const definitionOf = ({ definitions }: Definitions, path: string) => {
  const attribute = attributeAt(path);
  return (
    definitions.find(one => one.attribute === attribute) ??
    definitions.find(one => one.attribute === attribute.split('.')[0])
  );
};

export const needDefinition = ({ definitions }: Definitions, name: string): Definition => {
  const attribute = attributeNamed(name);
  const found = definitions.find(one => one.attribute === attribute);
  if (!found) throw attributeNotFound();
  return found;
};

/** the attributes that a customer of a kind must have */
export const requiredOf = ({ definitions }: Definitions, { kind }: Pick<Profile, 'kind'>) =>
  definitions
    .filter(({ required, appliesTo }) => required && (!appliesTo || appliesTo === kind))
    .map(({ attribute }) => attribute);

export const confidentialOf = ({ definitions }: Definitions) =>
  definitions.filter(({ classification }) => classification === 'confidential').map(({ attribute }) => attribute);

/** the definition of a computed attribute; `job` computes them for the customers that existed when it was made */
export type ComputedDefinition = Definition & { computed: Computed; job: string };

export const isComputed = (definition: Definition): definition is ComputedDefinition =>
  definition.computed !== undefined;

export const computedOf = ({ definitions }: Definitions): ComputedDefinition[] => definitions.filter(isComputed);

export const computedSource = 'computed';

/** the progress of a computed attribute; stopped: its job ended before all customers were done */
export const states = ['computing', 'ready', 'stopped'] as const;
export type State = (typeof states)[number];

export const toDefinitionReply = (definition: Definition, { version }: CustomerSettings, state?: State) => ({
  ...definition,
  name: nameOf(definition),
  ...(state ? { state } : {}),
  version,
});

/** the job that indexes the customers by an attribute after a change of its definition; undefined if there is no need */
export const indexingJob = ({ now, actor }: Ctx, before: Definition | undefined, after: Definition | undefined) => {
  const same = before?.indexed === after?.indexed && (!after?.indexed || before?.type === after.type);
  if (same || !(before?.indexed || after?.indexed)) return undefined;
  const attribute = (after ?? before)?.attribute ?? '';
  return startJob(now, { kind: 'index-attributes', by: actor, input: { attribute } });
};
