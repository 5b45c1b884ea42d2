import { wordsOf } from './words.ts';

/** letters of a text that are shown, and of these how many before the first word that was looked for */
const shown = { all: 240, before: 60 };

/** A piece of a text around what was looked for, and where in it that stands (`[from, to)` in UTF-16 units). */
export type Excerpt = { excerpt: string; marks: [from: number, to: number][] };

/** the place of a space near `at`, so that no word is cut */
const between = (text: string, at: number, towards: 1 | -1) => {
  for (let step = 0; step < 20; step++) {
    const place = at + step * towards;
    if (place <= 0 || place >= text.length) return Math.min(Math.max(place, 0), text.length);
    if (/\s/.test(text[place]!)) return place;
  }
  return at;
};

export const excerptOf = (text: string, stems: ReadonlySet<string>): Excerpt => {
  const all = wordsOf(text).filter(({ stem }) => stems.has(stem));
  // parts of one, such as of an address, stand in one place
  const found = [...new Map(all.map(word => [word.from, word])).values()];
  const start = between(text, Math.max(0, (found[0]?.from ?? 0) - shown.before), -1);
  const end = between(text, Math.min(text.length, start + shown.all), 1);
  const lead = start > 0 ? '…' : '';
  const piece = text.slice(start, end).toWellFormed();
  const offset = lead.length - start;
  const within = found.filter(({ from, to }) => from >= start && to <= end);
  return {
    excerpt: `${lead}${piece}${end < text.length ? '…' : ''}`,
    marks: within.map(({ from, to }) => [from + offset, to + offset]),
  };
};
