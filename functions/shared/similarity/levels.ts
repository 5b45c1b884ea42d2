import { edits, jaroWinkler } from './edits.ts';
import { isNickname } from './nicknames.ts';
import { soundsOf } from './sounds.ts';

/** How alike two values are: 0 is the same, each further level less so; the weights are where they are compared. */

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

/** as `nameLevel`, with a form of the same given name before names that are merely alike: 0 same · 1 another form · 2 alike · 3 similar · 4 different */
export const givenLevel = (a: string, b: string) => {
  const level = nameLevel(a, b);
  if (level === 0) return 0;
  const [few, many] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.length - y.length) as [string[], string[]];
  const isForm = isNickname(a, b) || isSwapped(unspaced(a), unspaced(b)) || few.every(word => many.includes(word));
  return isForm ? 1 : level + 1;
};

const isSwapped = (a: string, b: string) =>
  edits(a, b) === 1 && Array.from(a).sort().join('') === Array.from(b).sort().join('');

export const wordsOf = (name: string) => name.split(' ').filter(Boolean);

const similar = (a: string, b: string) => a === b || nameLevel(a, b) < 3;

export const namesAlike = (a: string[], b: string[]) => {
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  return few.every(word => many.some(other => similar(word, other)));
};

/** a word of one has a similar one in the other, or one name is empty */
export const namesTouch = (a: string[], b: string[]) =>
  !a.length || !b.length || b.some(word => a.some(other => similar(other, word)));

/** 0 same · 1 an edit in six characters · 2 similar, or one holds all words of the other · 3 different */
export const textLevel = (a: string, b: string) => {
  const [one, other] = [unspaced(a), unspaced(b)];
  if (one === other) return 0;
  const share = edits(one, other) / Math.max(one.length, other.length);
  if (share <= 1 / 6) return 1;
  const [few, many] = [a.split(' '), b.split(' ')].sort((x, y) => x.length - y.length) as [string[], string[]];
  return share <= 1 / 3 || few.every(word => many.includes(word)) ? 2 : 3;
};

/** 0 same · 1 one edit · 2 two edits, of numbers that are long enough to say something · 3 different */
export const numberLevel = (a: string, b: string) => {
  if (a === b) return 0;
  const long = Math.min(a.length, b.length);
  const apart = edits(a, b);
  if (apart === 1 && long >= 4) return 1;
  return apart === 2 && long >= 6 ? 2 : 3;
};

/** where only the year is known the rest is written so */
const someDay = '0101';

/** another year on the same day: that of a parent or a child, unless it resembles a typing error */
const ofAnother = (a: string, b: string) => {
  const day = a.slice(4);
  return day === b.slice(4) && (day === someDay || edits(a.slice(0, 4), b.slice(0, 4)) > 2);
};

/** yyyymmdd: 0 same · 1 one typing error, or day and month exchanged · 2 two of year, month and day the same · 3 different */
export const dateLevel = (a: string, b: string) => {
  if (a === b) return 0;
  if (ofAnother(a, b)) return 3;
  const parts = (date: string) => [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  const [one, other] = [parts(a), parts(b)];
  const exchanged = one[0] === other[0] && one[1] === other[2] && one[2] === other[1];
  if (exchanged || edits(a, b) === 1) return 1;
  return one.filter((part, nth) => part === other[nth]).length === 2 ? 2 : 3;
};

const digits = /\D/g;

const withoutTag = (email: string) => email.replace(/\+.*(?=@)/, '');

/** 0 same mailbox · 1 a typing error, though never in a digit: those tell namesakes apart · 2 the same name at another domain · 3 different */
export const emailLevel = (a: string, b: string) => {
  if (a === b) return 0;
  const [one, other] = [a, b].map(withoutTag) as [string, string];
  if (edits(one, other) <= 1 && one.replace(digits, '') === other.replace(digits, '')) return 1;
  const local = (email: string) => email.slice(0, email.lastIndexOf('@'));
  return local(one) === local(other) ? 2 : 3;
};
