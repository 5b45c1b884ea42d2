import { edits } from '../similarity/edits.ts';

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** the known name that a wrong one was most likely meant to be */
const nearest = (name: string, known: Iterable<string>): string | undefined => {
  const wanted = plain(name);
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const ranked = [...known]
    .map(one => ({ one, distance: edits(wanted, plain(one)) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.one;
};

/** `; did you mean …?`, or nothing where no known name is near; `whole`: what the name is a part of */
export const didYouMean = (
  name: string,
  known: Iterable<string>,
  whole: (found: string) => string = found => found,
): string => {
  const found = nearest(name, known);
  return found === undefined ? '' : `; did you mean ${whole(found)}?`;
};
