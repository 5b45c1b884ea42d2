/** letters that stand for others and do not come apart by themselves */
const spelt: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };
const speltLetters = new RegExp(`[${Object.keys(spelt).join('')}]`, 'g');

/** what texts are searched by: lower case, no accents, words only; an apostrophe parts no word */
export const searchable = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(speltLetters, letter => spelt[letter]!)
    .replace(/(?<=\p{L})['’ʼ`](?=\p{L})/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
