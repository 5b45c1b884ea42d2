import { entities } from '#declared/entities.ts';
import type { AnyEntity } from '../../shared/store/entity.ts';

/** the kinds of which something tells of a customer, by kind */
export const personal = new Map<string, AnyEntity>(
  entities.filter(({ onErase }) => onErase !== 'not-personal').map(entity => [entity.kind, entity]),
);

const plural = (kind: string) => `${kind.replace(/y$/, 'ie')}s`;

/** what the receipt counts a kind under */
export const areaOf = (kind: string): string | undefined => {
  const entity = personal.get(kind);
  return entity && (entity.area ?? plural(kind));
};

/** every area that the receipt names */
export const areas = [...new Set([...personal.keys()].map(kind => areaOf(kind) as string))];

const all = [...personal.values()];

/** kinds that have a list of each customer's */
export const listedByCustomer = all.filter(({ lists }) => lists?.customer).map(({ kind }) => kind);

/** what is filed under both of two customers' ids, in the lookup `customer` */
export const filedByBoth = all.filter(({ entries }) => entries?.customer);
