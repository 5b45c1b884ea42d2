import { invalid } from '../shared/http/api-error.ts';
import { lockOn } from '../shared/store/lock.ts';
import type { Store } from '../shared/store/store.ts';

const mostLevels = 30;

/** lines of reporting and who is in which team are decided one after another */
export const lockOfLines = (store: Store) => lockOn(store, 'organisation');

/** the teams or staff members above one, nearest first, each once */
export const lineAbove = async <T extends { id: string }>(
  above: string | undefined,
  find: (id: string) => Promise<T | undefined>,
  next: (one: T) => string | undefined,
): Promise<T[]> => {
  const found: T[] = [];
  let at = above;
  while (at && found.length < mostLevels) {
    const one = await find(at);
    if (!one || found.some(({ id }) => id === one.id)) break;
    found.push(one);
    at = next(one);
  }
  return found;
};

type Position = { id: string; path: string; above: string | undefined };

/** rejects a superior that does not exist, is below, or is too many levels down */
export const mustBePlaced = ({ id, path, above }: Position, line: { id: string }[]) => {
  const rejected = (message: string) => invalid([{ path, message }]);
  if (above === id) throw rejected('must not be the record itself');
  if (above && !line.length) throw rejected(`does not exist: ${above}`);
  if (line.some(one => one.id === id)) throw rejected(`is below ${id}`);
  if (line.length === mostLevels) throw rejected(`is ${mostLevels} levels down; that is the limit`);
};
