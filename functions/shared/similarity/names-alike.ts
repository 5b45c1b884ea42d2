import { nameLevel } from './levels.ts';

export const wordsOf = (name: string) => name.split(' ').filter(Boolean);

const similar = (a: string, b: string) => a === b || nameLevel(a, b) < 3;

export const namesAlike = (a: string[], b: string[]) => {
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  return few.every(word => many.some(other => similar(word, other)));
};

/** a word of one has a similar one in the other, or one name is empty */
export const namesTouch = (a: string[], b: string[]) =>
  !a.length || !b.length || b.some(word => a.some(other => similar(other, word)));
