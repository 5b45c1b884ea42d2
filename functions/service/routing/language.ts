/** scripts that identify a language; Japanese first, as it also uses Han */
const scripts: [string, RegExp][] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['ko', /\p{Script=Hangul}/u],
  ['zh', /\p{Script=Han}/u],
  ['th', /\p{Script=Thai}/u],
  ['ta', /\p{Script=Tamil}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['el', /\p{Script=Greek}/u],
  ['ru', /\p{Script=Cyrillic}/u],
];

/** the most frequent words of a language */
const frequent: Record<string, string> = {
  en: 'the and is are was not my with for have has this that please when you it',
  de: 'der die das und ist nicht mein meine mit für habe hat ein eine ich bitte wie sie wir',
  fr: 'le les des est pas mon ma avec pour une je vous bonjour dans sur qui nous',
  es: 'el los las es no mi con para una yo por favor está que del muy hola',
  it: 'il gli è non mio mia con per una che di sono grazie della ciao',
  pt: 'os não meu minha com para uma que por favor está do da você olá',
  nl: 'het een en niet mijn met voor ik wij van graag hallo zijn',
  id: 'yang dan tidak saya dengan untuk ini itu di adalah mobil tolong',
};
const words = Object.entries(frequent).map(([language, list]) => ({ language, words: new Set(list.split(' ')) }));

const enough = 2;

/** the language of a text, or null when it is not clear */
export const languageOf = (text: string): string | null => {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  for (const [language, script] of scripts) {
    const found = text.match(new RegExp(script, 'gu'))?.length ?? 0;
    if (found && found * 4 >= letters) return language;
  }
  const found = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const counts = words
    .map(({ language, words }) => ({ language, count: found.filter(word => words.has(word)).length }))
    .sort((a, b) => b.count - a.count);
  const [first, second] = counts;
  return first && first.count >= enough && first.count > (second?.count ?? 0) ? first.language : null;
};
