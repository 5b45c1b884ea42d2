const digits: Record<string, string> = Object.fromEntries(
  ['BFPV', 'CGJKQSXZ', 'DT', 'L', 'MN', 'R'].flatMap((letters, nth) =>
    Array.from(letters, letter => [letter, String(nth + 1)]),
  ),
);

/** American Soundex: a letter and three digits; H and W do not separate equal digits */
export const soundex = (name: string) => {
  const letters = name.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  let code = letters.slice(0, 1);
  let last = digits[code] ?? '';
  for (const letter of letters.slice(1)) {
    const digit = digits[letter];
    if (digit && digit !== last) code += digit;
    if (letter !== 'H' && letter !== 'W') last = digit ?? '';
  }
  return code === '' ? '' : code.padEnd(4, '0').slice(0, 4);
};

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

const firstOf = (rules: Rule[], word: string) => {
  const rule = rules.find(([found]) => found.test(word));
  return rule ? word.replace(...rule) : word;
};

const vowel = /[AEIOU]/;

/** the code of a letter within a word, and how many letters it covers */
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

/** The code of the New York State Identification and Intelligence System (Taft 1970), of any length. */
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

type Sounds = { nysiis: string; soundex: string };

const most = 10_000;
const cache = new Map<string, Sounds>();

export const soundsOf = (name: string): Sounds => {
  const known = cache.get(name);
  if (known) return known;
  const sounds = { nysiis: nysiis(name), soundex: soundex(name) };
  if (cache.size === most) cache.clear();
  cache.set(name, sounds);
  return sounds;
};
