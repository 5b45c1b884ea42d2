import { termsOf } from '../memory/words.ts';

/** A piece of an article as it stands there. */
export type Passage = { text: string; terms: ReadonlySet<string> };

const most = { characters: 700, passages: 200 };

/** where a long paragraph may be parted */
const sentence = /[^.!?。！？\n]+[.!?。！？]*\s*/gu;

const pieces = (paragraph: string): string[] => {
  if (paragraph.length <= most.characters) return [paragraph];
  const parts: string[] = [''];
  for (const [text] of paragraph.matchAll(sentence)) {
    const joined = parts.at(-1)! + text;
    if (joined.length <= most.characters) parts[parts.length - 1] = joined;
    else parts.push(text.slice(0, most.characters));
  }
  return parts;
};

const isHeading = (text: string) => /^#{1,6}\s[^\n]*$/.test(text);

/** the passages of a text: its paragraphs, a heading with what it is above of */
export const bodyPassages = (body: string): Passage[] => {
  const found: string[] = [];
  let from = 0;
  for (const match of [...body.matchAll(/\n\s*\n/g), null]) {
    const to = match?.index ?? body.length;
    const text = body.slice(from, to).trim();
    if (isHeading(text) && match) continue;
    if (text) found.push(...pieces(text));
    from = match ? match.index + match[0].length : to;
  }
  return found
    .map(text => text.trim())
    .filter(Boolean)
    .slice(0, most.passages)
    .map(text => ({ text, terms: new Set(termsOf(text)) }));
};

/** the passage with most of the words */
export const bestOf = (passages: Passage[], weightOf: (term: string) => number, terms: ReadonlySet<string>) => {
  const scored = passages.map(passage => ({
    passage,
    score: [...terms].reduce((sum, term) => sum + (passage.terms.has(term) ? weightOf(term) : 0), 0),
  }));
  return scored.reduce<(typeof scored)[number] | undefined>(
    (best, one) => (!best || one.score > best.score ? one : best),
    undefined,
  );
};

export const excerptFor = (passages: Passage[], terms: string[]): string =>
  bestOf(passages, () => 1, new Set(terms))?.passage.text ?? '';
