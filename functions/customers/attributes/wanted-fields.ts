import { invalid } from '../../shared/http/api-error.ts';
import type { StoredCustomer } from '../customer.ts';
import { profileOf } from '../profile.ts';
import { namedAttribute } from './definition.ts';
import { valuesOf, withValue } from './paths.ts';

const mostFields = 100;

/** the attributes that a reader wants, by their whole paths: `phone`, `address` or a part of it, `attributes.plan` */
export const wantedFields = (fields: string): string[] => {
  const paths = fields.split(',').map(path => path.trim());
  if (paths.length > mostFields) throw invalid([{ path: 'fields', message: `are more than ${mostFields}` }]);
  const odd = paths.filter(path => path !== 'attributes' && namedAttribute(path) !== path);
  if (odd.length) throw invalid(odd.map(path => ({ path: 'fields', message: `${path || 'nothing'} is no attribute` })));
  return paths;
};

const isWithin = (wanted: readonly string[], attribute: string) =>
  wanted.some(one => one === attribute || attribute.startsWith(`${one}.`));

type Shown = StoredCustomer & { masked?: string[] };

/** a customer, as the caller may see it, with the attributes that are wanted, and no others */
export const only = (customer: Shown, wanted: readonly string[] | undefined): Shown => {
  if (!wanted) return customer;
  const masked = customer.masked?.filter(attribute => isWithin(wanted, attribute));
  const others = [...valuesOf(profileOf(customer)).keys()].filter(attribute => !isWithin(wanted, attribute));
  const left = others.reduce<Record<string, unknown>>(
    (rest, one) => withValue(rest, one, undefined),
    customer,
  ) as Shown;
  return { ...left, ...(masked ? { masked } : {}) };
};
