import { entities } from '#declared/entities.ts';
import type { AnyEntity } from '../../shared/store/entity.ts';

export const personal = new Map<string, AnyEntity>(
  entities.filter(({ onErase }) => onErase !== 'not-personal').map(entity => [entity.kind, entity]),
);

const plural = (kind: string) => `${kind.replace(/y$/, 'ie')}s`;

export const areaOf = (kind: string): string | undefined => {
  const entity = personal.get(kind);
  return entity && (entity.area ?? plural(kind));
};

export const areas = [...new Set([...personal.keys()].map(kind => areaOf(kind) as string))];

const all = [...personal.values()];

export const listedByCustomer = all.filter(({ lists }) => lists?.customer).map(({ kind }) => kind);

/** entities of two customers, in the lookup `customer` under both ids */
export const filedByBoth = all.filter(({ entries }) => entries?.customer);
