import { searchable } from '../text/search-form.ts';

const legalForms = new Set(
  [
    'ab ag aps as asa bv bvba co company corp corporation cv cvba eg ek eurl ev gbr gmbh gesmbh inc incorporated kft kg kgaa',
    'kk lda limited llc llp lp ltd ltda nv og ohg oy oyj plc pllc pt pte pty pvt sa sarl sas sca se sia snc spa spzoo srl sro',
    'tbk ug unlimited sdn bhd jsc pjsc ooo oao doo dd ad eirl sapi sab sgps zrt nyrt eood ood ehf hf cic lllp',
    'kabushiki kaisha yugen gaisha aktiengesellschaft incorporation',
  ]
    .join(' ')
    .split(' '),
);

const joined: [RegExp, string][] = [
  [/\bs p z o o\b|\bsp z o o\b/g, 'spzoo'],
  [/\bs ?a(?: ?b)?(?: de c ?v)$|\bs de r ?l(?: de c ?v)?$/g, 'sa'],
  [/\b(?:private|proprietary) (?:limited|ltd)\b/g, 'ltd'],
  [/\bspol s r ?o\b/g, 'sro'],
  [/\bgesellschaft mit beschrankter haftung\b/g, 'gmbh'],
  [/\bsociete (?:anonyme|a responsabilite limitee)\b|\bsociedad (?:anonima|limitada)\b|\bsocieta per azioni\b/g, 'sa'],
  [/\b(?:besloten|naamloze) vennootschap\b/g, 'bv'],
  [/\blimited liability (?:company|partnership)\b/g, 'llc'],
  [/株式会社|有限会社|有限公司/g, ' '],
  // single letters are one word: `s a`, `b v`, `g m b h`
  [/\b(?:[a-z] )+[a-z]\b/g, ''],
];

/** the words of a name without legal forms, if others remain */
export const withoutForms = (words: string[]) => {
  const bare = words.filter(word => !legalForms.has(word));
  return bare.length ? bare : words;
};

/** An organisation's name for comparison: words only, `&` spelt out, without legal form and leading `the`. */
export const withoutLegalForm = (name: string) => {
  const text = joined.reduce(
    (so, [found, becomes]) => so.replace(found, letters => becomes || letters.replaceAll(' ', '')),
    searchable(name.replace(/&|\+/g, ' and ')),
  );
  const words = text
    .trim()
    .split(' ')
    .filter((word, at) => !(at === 0 && word === 'the'));
  const bare = words.filter((word, at) => at === 0 || !legalForms.has(word));
  const trimmed = bare.at(-1) === 'and' ? bare.slice(0, -1) : bare; // `Smith & Co`
  return (trimmed.length ? trimmed : words).join(' ');
};
