import type { Condition } from '../shared/conditions/condition.ts';
import { factsAskedBy } from '../shared/conditions/required-facts.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { confidentialOf } from './attributes/defined.ts';
import { isComposedName } from './attributes/origins.ts';
import { valuesOf, withValue } from './attributes/paths.ts';
import type { StoredCustomer } from './customer.ts';
import { profileOf } from './profile.ts';
import { type CustomerSettings, settingsOf } from './settings.ts';
import { attributeOfTrait } from './traits.ts';

/** stands for a value that is not shown, where something has to stand */
export const masked = '•••';

/** What a caller may not see: the attributes classified as confidential, unless it has the scope `customers.confidential`. */
export type Hidden = readonly string[];

const scope = 'customers.confidential';

export const hiddenBy = (settings: CustomerSettings, { scopes }: Pick<Ctx, 'scopes'>): Hidden =>
  scopes.has(scope) ? [] : confidentialOf(settings);

/** the same where the settings are not read for anything else: who may see everything costs no read */
export const hiddenFrom = async ({ scopes, store }: Pick<Ctx, 'scopes' | 'store'>): Promise<Hidden> =>
  scopes.has(scope) ? [] : confidentialOf(await settingsOf(store));

const nameParts = ['givenName', 'familyName'];

/** whether an attribute, what it is a part of or what it has as a part, is hidden; a name tells of its parts */
export const isHidden = (hidden: Hidden, path: string) =>
  hidden.some(
    one =>
      one === path ||
      path.startsWith(`${one}.`) ||
      one.startsWith(`${path}.`) ||
      (path === 'name' && nameParts.includes(one)),
  );

const isPartHidden = (hidden: Hidden, attribute: string) =>
  hidden.some(one => one === attribute || attribute.startsWith(`${one}.`));

/** A customer without what is hidden; `masked` says what there is and not shown. A name made of a hidden part is hidden too. */
export const redacted = <C extends StoredCustomer>(customer: C, hidden: Hidden): C & { masked?: string[] } => {
  if (!hidden.length) return customer;
  const profile = profileOf(customer);
  const all = [...valuesOf(profile).keys()].filter(attribute => isPartHidden(hidden, attribute));
  const byPart = all.some(one => nameParts.includes(one)) && isComposedName(profile);
  const left = byPart && !all.includes('name') ? [...all, 'name'] : all;
  if (!left.length) return customer;
  const bare = left.reduce<Record<string, unknown>>(
    (rest, attribute) => withValue(rest, attribute, undefined),
    customer,
  );
  return { ...(bare as C), masked: left };
};

type Json = Record<string, unknown>;

export const veil = (value: unknown) => (value === null || value === undefined ? value : masked);

const veiledIn = (hidden: Hidden, list: unknown, names: string[]) =>
  Array.isArray(list)
    ? list.map((one: Json) =>
        isHidden(hidden, String(one.attribute))
          ? { ...one, ...Object.fromEntries(names.map(name => [name, veil(one[name])])) }
          : one,
      )
    : list;

const veiledTraits = (hidden: Hidden, traits: unknown) =>
  typeof traits === 'object' && traits !== null
    ? Object.fromEntries(
        Object.entries(traits).map(([name, value]) => [
          name,
          isHidden(hidden, attributeOfTrait(name)) ? veil(value) : value,
        ]),
      )
    : traits;

/** where events carry values of attributes */
const veils: Record<string, (part: unknown, hidden: Hidden) => unknown> = {
  changes: (changes, hidden) => veiledIn(hidden, changes, ['from', 'to']),
  values: (values, hidden) => veiledIn(hidden, values, ['stands', 'said']),
  traits: (traits, hidden) => veiledTraits(hidden, traits),
};

/** an event of a timeline without the values that are hidden */
export const shownEvent = <E extends { data: unknown }>(event: E, hidden: Hidden): E => {
  if (!hidden.length || typeof event.data !== 'object' || event.data === null) return event;
  const parts = Object.entries(event.data).map(([name, part]) => [name, veils[name]?.(part, hidden) ?? part]);
  return { ...event, data: Object.fromEntries(parts) };
};

/** a reason of a decision without the value of an attribute that is hidden: reasons say what was asked, a colon, what is so */
export const shownReason = (reason: string, hidden: Hidden): string => {
  const [, path = ''] = /\battribute ([^ ]+) /.exec(reason) ?? [];
  return path && isHidden(hidden, path) ? `${reason.slice(0, reason.indexOf(': '))}: ${masked}` : reason;
};

export const confidential = () =>
  new ApiError(
    'forbidden',
    'attribute.confidential',
    `this needs the scope ${scope}: it asks of a confidential attribute`,
  );

/** refuses a condition by which somebody would learn of what is hidden */
export const mustNotAsk = (hidden: Hidden, condition: Condition | undefined) => {
  const { attributes } = factsAskedBy([condition]);
  if ([...attributes].some(path => isHidden(hidden, path))) throw confidential();
};
