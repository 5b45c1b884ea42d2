import { nameLevel } from './levels.ts';

export const wordsOf = (name: string) => name.split(' ').filter(Boolean);

const similar = (a: string, b: string) => a === b || nameLevel(a, b) < 3;

/** all words of the shorter name have a like in the other */
export const namesAlike = (a: string[], b: string[]) => {
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  return few.every(word => many.some(other => similar(word, other)));
};

/** a word of one has a like in the other, or one of them has no name */
export const namesTouch = (a: string[], b: string[]) =>
  !a.length || !b.length || b.some(word => a.some(mine => similar(mine, word)));
