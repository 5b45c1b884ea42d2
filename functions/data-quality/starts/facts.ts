import type * as z from 'zod';
import { type Consent, consents } from '../../consent/consent.ts';
import { builtIn, isCustom } from '../../customers/attributes/definition.ts';
import { definitionOf, requiredOf } from '../../customers/attributes/definitions.ts';
import { hasValue } from '../../customers/attributes/paths.ts';
import { attributesOf } from '../../customers/attributes/value-facts.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import { profileOf } from '../../customers/profile.ts';
import type { Purpose } from '../../customers/purpose.ts';
import type { CustomerSettings } from '../../customers/settings.ts';
import { members } from '../../lists/list.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { revive } from '../../shared/store/entity.ts';
import { dataIssues } from '../hygiene/data-issue.ts';

/** all that a record is measured by */
export type Facts = {
  customer: StoredCustomer;
  consents: z.output<typeof Consent>[];
  /** attributes that messages cannot be delivered to */
  undeliverable: string[];
  /** static lists that it is on */
  lists: number;
  settings: CustomerSettings;
  purposes: Pick<Purpose, 'attributes'>[];
  now: string;
};

/** how far a check holds, from 0 to 1, and why in words */
export type Result = { score: number; detail: string };

/** one thing that a record is measured by; undefined where it does not apply, so that it does not count */
export type Check = { id: string; weight: number; of: (facts: Facts) => Result | undefined };

const mostNamed = 10;

export const named = (all: readonly string[]) =>
  all.length > mostNamed ? `${all.slice(0, mostNamed).join(', ')} and ${all.length - mostNamed} more` : all.join(', ');

type Words = [right: string, wrong: string];

export const holds = (
  id: string,
  weight: number,
  [right, wrong]: Words,
  isRight: (facts: Facts) => boolean | undefined,
): Check => ({
  id,
  weight,
  of: facts => {
    const found = isRight(facts);
    return found === undefined ? undefined : { score: Number(found), detail: found ? right : wrong };
  },
});

/** a check of values one by one, which names those that are wrong; it does not apply where there are none */
export const each = (
  id: string,
  weight: number,
  [right, wrong]: Words,
  of: (facts: Facts) => [values: readonly string[], isRight: (value: string) => boolean] | undefined,
): Check => ({
  id,
  weight,
  of: facts => {
    const [values = [], isRight = () => true] = of(facts) ?? [];
    if (!values.length) return undefined;
    const bad = values.filter(value => !isRight(value));
    return bad.length
      ? { score: 1 - bad.length / values.length, detail: `${wrong}: ${named(bad)}` }
      : { score: 1, detail: right };
  },
});

/** those that the company has added, without those that Rapport computes */
export const ownAttributesOf = ({ customer }: Pick<Facts, 'customer'>) =>
  attributesOf(customer).filter(attribute => isCustom(attribute) && !builtIn.includes(attribute));

export const isDeclared = ({ settings }: Pick<Facts, 'settings'>, attribute: string) =>
  definitionOf(settings, attribute) !== undefined;

/** the attributes that a customer of its kind must have, and those it lacks; undefined where none are required */
export const completenessOf = ({ customer, settings }: Pick<Facts, 'customer' | 'settings'>) => {
  const required = requiredOf(settings, customer);
  if (!required.length) return undefined;
  const profile = profileOf(customer);
  return { required, missing: required.filter(attribute => !hasValue(profile, attribute)) };
};

/** consents, data issues and memberships lie side by side: one short range */
const within = { from: 'consent#', to: 'list$' };
const mostParts = 300;

/** all that a record is measured by, in one call besides the record itself */
export const factsOf = async (
  customer: StoredCustomer,
  { settings, purposes }: Pick<Facts, 'settings' | 'purposes'>,
  { store, now }: Pick<Ctx, 'store' | 'now'>,
): Promise<Facts> => {
  const { items } = await store.partition(['customer', customer.id], { limit: mostParts, within });
  return {
    customer,
    consents: items.filter(({ kind }) => kind === consents.kind).map(item => revive(consents, item)),
    undeliverable: items
      .filter(({ kind }) => kind === dataIssues.kind)
      .map(item => revive(dataIssues, item))
      .filter(({ state, cause }) => state === 'open' && cause === 'undeliverable')
      .map(({ attribute }) => attribute),
    lists: items.filter(({ kind }) => kind === members.kind).length,
    settings,
    purposes,
    now,
  };
};
