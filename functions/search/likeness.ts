import { nameWords, turns } from '../customers/normalise.ts';
import { edits } from '../shared/similarity/edits.ts';
import { isNickname } from '../shared/similarity/nicknames.ts';
import { nysiis } from '../shared/similarity/nysiis.ts';
import { withoutLegalForm } from '../shared/similarity/organisation.ts';

/** what a word that sounds the same, or is a short form, counts for: less than a slip, more than the word itself */
const otherForm = 0.8;

/** how many slips a word of so many letters may have */
const slipsIn = ({ length }: string) => (length > 7 ? 2 : 1);

const isLatin = (word: string) => /^[a-z]{3,}$/.test(word);

const soundsLike = (a: string, b: string) => isLatin(a) && isLatin(b) && nysiis(a) === nysiis(b);

/** how far a word is from one of a name; undefined: another word */
const apart = (typed: string, word: string): number | undefined => {
  if (typed === word) return 0;
  const slips = edits(typed, word);
  if (slips <= slipsIn(typed) && Math.max(typed.length, word.length) > 1) return slips;
  return isNickname(typed, word) || soundsLike(typed, word) ? otherForm : undefined;
};

type Nearest = { at: number; by: number };

const nearest = (typed: string, words: string[]) => {
  let best: Nearest | undefined;
  for (const [at, word] of words.entries()) {
    const by = apart(typed, word);
    if (by !== undefined && (!best || by < best.by)) best = { at, by };
  }
  return best;
};

/** the words that are the same find theirs first */
const distance = (typed: string[], name: string[]) => {
  const left = [...name];
  let sum = 0;
  const rest = typed.filter(word => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  for (const word of rest) {
    const found = nearest(word, left);
    if (!found) return undefined;
    left.splice(found.at, 1);
    sum += found.by;
  }
  return { sum, same: typed.length - rest.length };
};

/** a short word is as good as another short word: one slip in it counts only beside a word that is right */
const isTold = (typed: string[], same: number) => same > 0 || typed.every(({ length }) => length > 3);

const lettersIn = (words: string[]) => words.reduce((sum, { length }) => sum + length, 0);

const isLike = (typed: string[], name: string): number | undefined => {
  const all = turns(name);
  const letters = lettersIn(typed);
  const found = distance(typed, all[0]?.split(' ') ?? []);
  if (found && isTold(typed, found.same)) return Math.max(0, 1 - found.sum / letters);
  // written as one word what are two, or the other way about
  const one = typed.join('');
  const slips = Math.min(...all.map(turn => edits(one, turn.replaceAll(' ', ''))));
  return slips < slipsIn(one) ? 1 - (slips + otherForm) / letters : undefined;
};

/** How like a name is to the words that were typed for it, above 0 to 1; undefined: it is another name. */
export const likeness = (typed: string[], name: string): number | undefined => {
  const whole = isLike(typed, name);
  const bare = withoutLegalForm(typed.join(' '));
  if (whole !== undefined || bare.length === typed.join(' ').length) return whole;
  const company = isLike(nameWords(bare), withoutLegalForm(name));
  return company === undefined ? undefined : company * otherForm;
};
