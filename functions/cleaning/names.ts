/** common Chinese, Korean and Vietnamese family names in Latin letters, which come first */
const familyFirst = new Set(
  [
    'ang aw bai beh boey cai cao chai chan chang chen cheng cheong chew chia chiang chin ching chong choo chou chow chu chua',
    'chuah chung dai deng ding dong du fan fang feng fong foo fu gan gao goh guo han hang hao ho hoang hong hou hsu hu huang hui',
    'huynh jia jiang kang khoo kim koh kong koo kuan kwan kwok lai lam lau law le leong leung lew li liang liao lim lin ling liu',
    'loh loke long low lu lua lui luo luong ma mai mak mok neo ng ngo nguyen ong ooi ou pan pang park peh peng pham phan phua poh',
    'qian qiu quek see seah seow shen shi sim sng soh song soo su sun tan tang tay teh teng teo thai tham thong tian tran toh',
    'tong tsai tse tsui vo vu wan wang wei wen wong woo wu xia xiang xiao xie xu xue yan yang yao yap yau ye yee yeo yeoh yeung',
    'yi yin yip yong you yu yuan yue yuen yun zeng zhan zhang zhao zheng zhong zhou zhu zou',
  ]
    .join(' ')
    .split(' '),
);

/** names with these have a father's name instead of a family name */
const patronymic = /\s(?:bin|binte|binti|bte|ibn|bint|s\/o|d\/o|a\/l|a\/p|anak)\s/i;

const particles = new Set('da de del della den der di dos du la le ten ter van von zu zum zur'.split(' '));

export type NameParts = { givenName: string; familyName: string; suffix?: string };

const familyBegins = (words: string[]) => {
  let at = words.length - 1;
  while (at > 1 && particles.has((words[at - 1] ?? '').toLowerCase())) at--;
  return at;
};

const bareParts = (name: string): NameParts | undefined => {
  const [family = '', given = '', ...others] = name.split(',').map(part => part.trim());
  if (family && given && !others.length) return { givenName: given, familyName: family };
  const words = name.split(' ').filter(Boolean);
  if (name.includes(',') || words.length < 2 || words.length > 5 || patronymic.test(name) || /\d|&/.test(name)) return;
  const [first = ''] = words;
  const lastIsFamily = familyFirst.has((words.at(-1) ?? '').toLowerCase());
  if (familyFirst.has(first.toLowerCase())) {
    // `Lim Tan` could be either way round; `Lim Wei Tan` has its given name in two words
    if (words.length === 2 && lastIsFamily) return;
    return { givenName: words.slice(1).join(' '), familyName: first };
  }
  const at = familyBegins(words);
  return { givenName: words.slice(0, at).join(' '), familyName: words.slice(at).join(' ') };
};

const suffixed = /,?\s+((?:jr|sr|esq|ph\.?d|m\.?d|mba|jun|sen)\.?|I{2,3}|IV)$/i;

/** The parts of a person's whole name, a suffix such as Jr apart; undefined if they are ambiguous. */
export const nameParts = (name: string): NameParts | undefined => {
  const [after, suffix] = suffixed.exec(name) ?? [];
  if (!after || !suffix) return bareParts(name);
  const parts = bareParts(name.slice(0, -after.length));
  return parts && { ...parts, suffix };
};

const inverted = /(?<![\p{L}’'-])\p{Ll}\p{Lu}{2,}(?!\p{L})/gu;

const capitalised = (word: string) =>
  word
    .toLowerCase()
    .replace(/(^|['’-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/^Mc(\p{Ll})/u, (_, letter: string) => `Mc${letter.toUpperCase()}`);

/** initials, numerals and words without a vowel between other letters, such as IBM and III, unless they are family names */
const isAbbreviation = (word: string) =>
  /[.&]/.test(word) ||
  /^(?:[IVX]+|\p{L})$/u.test(word) ||
  (word.length < 4 && !familyFirst.has(word.toLowerCase()) && !/^[^aeiouy]*[aeiouy]+[^aeiouy]?[aeiouy]*$/i.test(word));

const small = new Set('de del della den der dos van von zu zum zur'.split(' '));

const isOneCase = (name: string) =>
  name.length > 2 &&
  name.toUpperCase() !== name.toLowerCase() &&
  [name.toUpperCase(), name.toLowerCase()].includes(name);

/** A name with the words that were typed with caps lock on corrected, and of a person those in capitals or small letters only. */
export const fixCase = (name: string, kind?: string) => {
  if (kind === 'organisation' || !isOneCase(name)) return name.replace(inverted, capitalised);
  const words = name.split(' ');
  const [first = ''] = words;
  const keepsSmall = words.length > 2 && !familyFirst.has(first.toLowerCase());
  const isSmall = (word: string, nth: number) =>
    keepsSmall && nth > 0 && nth < words.length - 1 && small.has(word.toLowerCase());
  return words
    .map((word, nth) => {
      if (isSmall(word, nth)) return word.toLowerCase();
      return word !== word.toLowerCase() && isAbbreviation(word) ? word : capitalised(word);
    })
    .join(' ');
};

const salutation =
  /^(mr|mrs|ms|miss|mdm|madam|mister|herr|frau|mme|mlle|sr|sra|sig|encik|cik|puan|tuan)\.?\s+(?=\p{L})/iu;

export const withoutSalutation = (name: string): { salutation: string; name: string } | undefined => {
  const [found, word = ''] = salutation.exec(name) ?? [];
  if (!found) return undefined;
  return {
    salutation: `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`,
    name: name.slice(found.length),
  };
};

// without `Sa`, `Co`, `As`, `Ab`, which are family names too
const legalForm =
  /(?:^|[\s,(])(?:pte\.? ?ltd|pty\.? ?ltd|pvt\.? ?ltd|sdn\.? ?bhd|private limited|co\.?,? ltd|ltd|limited|l\.?l\.?c|l\.?l\.?p|p\.?l\.?c|inc|incorporated|corp|corporation|gmbh(?: & co\.? kg)?|g\.m\.b\.h|s\.?a\.?r\.?l|s\.?p\.?a|s\.r\.l|b\.v|n\.v|kft|sp\.? z o\.? ?o|bhd|berhad|tbk)\.?\)?$/i;

export const isCompanyName = (name: string) => legalForm.test(name.trim()) && name.trim().includes(' ');
