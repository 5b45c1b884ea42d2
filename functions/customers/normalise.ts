const particles = /(^|[\s'’-])(\p{L})/gu;

/** A name as people write it: one space between words, composed letters; all-capital and all-small names get their capitals. */
export const normaliseName = (name: string) => {
  const tidy = name.normalize('NFC').trim().replace(/\s+/g, ' ');
  const oneCase = tidy === tidy.toUpperCase() || tidy === tidy.toLowerCase();
  if (!oneCase || tidy.length < 3) return tidy;
  return tidy.toLowerCase().replace(particles, (_, before: string, letter: string) => before + letter.toUpperCase());
};

/** what names are searched by: lower case, no accents, words only */
export const searchable = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** a name beginning at each of its first words, so that any of them can be searched for */
export const turns = (name: string, most = 4) => {
  const words = searchable(name).split(' ').filter(Boolean);
  return words
    .slice(0, most)
    .map((_, at) => [...words.slice(at), ...words.slice(0, at)].join(' ').slice(0, 200).toWellFormed());
};
