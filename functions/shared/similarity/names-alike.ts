import { edits } from './edits.ts';
import { jaroWinkler } from './jaro.ts';
import { isNickname } from './nicknames.ts';
import { soundsOf } from './sounds.ts';

const unspaced = (text: string) => text.replaceAll(' ', '');

/** 0 same · 1 a slip of the pen, the same sound or a short form · 2 similar, about the same sound, or one begins the other · 3 different */
export const nameLevel = (a: string, b: string) => {
  const [one, other] = [unspaced(a), unspaced(b)];
  if (one === other) return 0;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const slip = short.length > 3 && long.length - short.length <= 1 && edits(one, other) === 1;
  const [mine, theirs] = [soundsOf(one), soundsOf(other)];
  if (slip || isNickname(a, b) || (short.length > 2 && mine.nysiis === theirs.nysiis)) return 1;
  const alike = jaroWinkler(one, other);
  if (alike >= 0.93) return 1;
  return alike >= 0.82 || long.startsWith(short) || mine.soundex === theirs.soundex ? 2 : 3;
};

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
