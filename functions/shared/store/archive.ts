import { Instant } from '../http/contract.ts';
import type { List } from './entity.ts';

/** since when a record is kept only for what refers to it: it is on no list, and does nothing any more */
export const archivedAt = Instant.optional();

type Archived = { archivedAt?: string | undefined };

/** lists of records that are not archived */
export const archiving = <T extends Archived>(lists: Record<string, List<T>>): Record<string, List<T>> =>
  Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [
      name,
      { ...list, by: (value: T) => (value.archivedAt ? undefined : list.by(value)) },
    ]),
  );
