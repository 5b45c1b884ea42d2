type Rule = [found: RegExp, becomes: string];

const beginnings: Rule[] = [
  [/^MAC/, 'MCC'],
  [/^KN/, 'N'],
  [/^K/, 'C'],
  [/^P[HF]/, 'FF'],
  [/^SCH/, 'SSS'],
];

const endings: Rule[] = [
  [/(IE|EE)$/, 'Y'],
  [/(DT|RT|RD|NT|ND)$/, 'D'],
];

/** at most one of the rules applies, the first that fits */
const firstOf = (rules: Rule[], word: string) => {
  const rule = rules.find(([found]) => found.test(word));
  return rule ? word.replace(...rule) : word;
};

const vowel = /[AEIOU]/;

/** what a letter within a word becomes, and how many letters that takes */
const translated = (word: string, at: number): [becomes: string, taken: number] => {
  const letter = word[at]!;
  const before = word[at - 1]!;
  const after = word[at + 1] ?? '';
  if (word.startsWith('EV', at)) return ['AF', 2];
  if (vowel.test(letter)) return ['A', 1];
  if (word.startsWith('SCH', at)) return ['SS', 3];
  if (word.startsWith('PH', at)) return ['F', 2];
  if (letter === 'K') return [after === 'N' ? 'N' : 'C', 1];
  if (letter === 'H' && !(vowel.test(before) && vowel.test(after))) return [vowel.test(before) ? 'A' : before, 1];
  if (letter === 'W' && vowel.test(before)) return [before, 1];
  return [{ Q: 'G', Z: 'S', M: 'N' }[letter] ?? letter, 1];
};

/** The sound of a name by the New York State Identification and Intelligence System (Taft 1970), of any length. */
export const nysiis = (name: string) => {
  const word = firstOf(endings, firstOf(beginnings, name.toUpperCase()));
  let key = word.slice(0, 1);
  for (let at = 1; at < word.length; ) {
    const [becomes, taken] = translated(word, at);
    if (becomes.at(-1) !== key.at(-1)) key += becomes;
    at += taken;
  }
  return key
    .replace(/(?<=.)S$/, '')
    .replace(/AY$/, 'Y')
    .replace(/(?<=.)A$/, '');
};
