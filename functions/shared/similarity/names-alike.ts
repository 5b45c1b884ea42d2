import { edits, jaroWinkler } from './edits.ts';
import { isNickname } from './nicknames.ts';
import { soundsOf } from './sounds.ts';

const unspaced = (text: string) => text.replaceAll(' ', '');

/** 0 same · 1 a typing error, the same sound or a short form · 2 similar, a similar sound, or one is a prefix · 3 different */
export const nameLevel = (a: string, b: string) => {
  const [one, other] = [unspaced(a), unspaced(b)];
  if (one === other) return 0;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const typo = short.length > 3 && long.length - short.length <= 1 && edits(one, other) === 1;
  const [sound, otherSound] = [soundsOf(one), soundsOf(other)];
  if (typo || isNickname(a, b) || (short.length > 2 && sound.nysiis === otherSound.nysiis)) return 1;
  const alike = jaroWinkler(one, other);
  if (alike >= 0.93) return 1;
  return alike >= 0.82 || long.startsWith(short) || sound.soundex === otherSound.soundex ? 2 : 3;
};

export const wordsOf = (name: string) => name.split(' ').filter(Boolean);

const similar = (a: string, b: string) => a === b || nameLevel(a, b) < 3;

export const namesAlike = (a: string[], b: string[]) => {
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  return few.every(word => many.some(other => similar(word, other)));
};

/** a word of one has a similar one in the other, or one name is empty */
export const namesTouch = (a: string[], b: string[]) =>
  !a.length || !b.length || b.some(word => a.some(other => similar(other, word)));
