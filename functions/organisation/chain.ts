import { invalid } from '../shared/http/api-error.ts';

/** a company is so many levels high at most */
const mostLevels = 30;

/** what is above something, the nearest first, each once */
export const chainAbove = async <T extends { id: string }>(
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

type Placing = { id: string; path: string; above: string | undefined };

/** refuses a place in the company that is not there, is below itself, or is too far down */
export const mustBePlaced = ({ id, path, above }: Placing, chain: { id: string }[]) => {
  const bad = (message: string) => invalid([{ path, message }]);
  if (above === id) throw bad('is this one itself');
  if (above && !chain.length) throw bad(`is not known: ${above}`);
  if (chain.some(one => one.id === id)) throw bad(`is below ${id} already`);
  if (chain.length === mostLevels) throw bad(`is ${mostLevels} levels down: a company has no more`);
};
