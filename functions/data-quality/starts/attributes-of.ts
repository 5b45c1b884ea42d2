import { builtIn, isCustom } from '../../customers/attributes/definition.ts';
import { definitionOf } from '../../customers/attributes/definitions.ts';
import { ownValues } from '../../customers/attributes/writing.ts';
import { profileOf } from '../../customers/profile.ts';
import type { Facts } from './check.ts';

/** the attributes that a customer has a value of */
export const attributesOf = ({ customer }: Pick<Facts, 'customer'>) => [...ownValues(profileOf(customer)).keys()];

/** those of the company's own, but the ones that Rapport writes itself */
export const ownAttributesOf = (facts: Pick<Facts, 'customer'>) =>
  attributesOf(facts).filter(attribute => isCustom(attribute) && !builtIn.includes(attribute));

export const isDeclared = ({ settings }: Pick<Facts, 'settings'>, attribute: string) =>
  definitionOf(settings, attribute) !== undefined;

/** what is required of a customer of its kind, and what of that it lacks; undefined where nothing is required */
export const requiredOf = ({ customer, settings }: Pick<Facts, 'customer' | 'settings'>) => {
  const required = settings.definitions
    .filter(one => one.required && (!one.appliesTo || one.appliesTo === customer.kind))
    .map(({ attribute }) => attribute);
  if (!required.length) return undefined;
  const has = [...Object.entries({ ...customer })].flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const held = [...attributesOf({ customer }), ...has];
  const missing = required.filter(attribute => !held.some(one => one === attribute || one.startsWith(`${attribute}.`)));
  return { required, missing };
};
