import { expect, test } from 'vitest';
import { excerptOf, matchesQuery, parseQuery } from '../../functions/memory/search-query.ts';
import { indexWords, lookupWords, mostWords, wordsOf } from '../../functions/memory/words.ts';

const stems = (text: string) => wordsOf(text).map(({ stem }) => stem);
const finds = (q: string, text: string) => matchesQuery(parseQuery(q), wordsOf(text));

test.each([
  ['English words by their stem', 'Invoices, invoicing and an invoice', ['invoic', 'invoic', 'and', 'an', 'invoic']],
  ['without accents and capitals', 'Die BREMSBELÄGE von Zoë', ['die', 'bremsbelag', 'von', 'zoe']],
  ['numbers beside their letters', 'INV-2041 für 250 €', ['inv', '2041', 'fur', '250']],
  ['but for single letters and digits', 'a b 7 xy', ['xy']],
])('words are taken %s', (_, text, expected) => {
  expect(stems(text)).toEqual(expected);
});

test('a text is indexed without the stop words of its language', () => {
  expect(indexWords('The door of the car makes a noise, and it is the left one')).toEqual(
    expect.arrayContaining(['door', 'car', 'nois']),
  );
  expect(indexWords('The door of the car makes a noise, and it is the left one')).not.toContain('the');
  // `door` is a word like `through` in Dutch
  expect(indexWords('De bank is door het team gezien en het is er niet meer')).not.toContain('door');
});

test('the indexed words of a text are limited', () => {
  const text = Array.from({ length: 2000 }, (_, nth) => `word${nth}`).join(' ');
  expect(indexWords(text)).toHaveLength(mostWords);
});

test('only words that every text is indexed under are looked up, unless there are no others', () => {
  expect(lookupWords(wordsOf('the brakes through the door'))).toEqual(['brake']);
  expect(lookupWords(wordsOf('door'))).toEqual(['door']);
});

test.each([
  ['all words, in any order and form', 'noisy brakes', 'The brake is noisy again', true],
  ['not some of them', 'noisy brakes', 'The brake is worn', false],
  ['words in quotes one after the other', '"brake noise"', 'Brake noises at low speed', true],
  ['words in quotes not apart', '"brake noise"', 'A noise of the brake', false],
  ['words that nothing parts from others', '噪音', '低速时刹车噪音很大', true],
  ['words in German quotes', '„neue Beläge“', 'neue Beläge bestellt', true],
])('what is asked for is %s', (_, q, text, found) => {
  expect(finds(q, text)).toBe(found);
});

test('an excerpt shows the match, whole words around it, and its position', () => {
  const text = `${'Before it all was well. '.repeat(20)}Then the brakes squeaked on every hill. ${'After it too. '.repeat(40)}`;
  const { excerpt, marks } = excerptOf(text, new Set(stems('brake hills')));
  expect(marks.map(([from, to]) => excerpt.slice(from, to))).toEqual(['brakes', 'hill']);
  expect(excerpt).toMatch(/^… ?\w.*\w\.?…$/s);
  expect(excerpt.length).toBeLessThan(290);
});

test('an excerpt of a short text is the text', () => {
  expect(excerptOf('Ask Ada@example.com', new Set(['exampl']))).toEqual({
    excerpt: 'Ask Ada@example.com',
    marks: [[8, 19]],
  });
});
