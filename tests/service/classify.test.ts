import { expect, test } from 'vitest';
import { de } from '../../functions/consent/phrases/de.ts';
import { en } from '../../functions/consent/phrases/en.ts';
import { categoryOf, languageOf, priorityOf, whyAutomatic } from '../../functions/service/routing/read-text.ts';
import { usualCategories, usualPriorities } from '../../functions/service/routing/usual-words.ts';
import { wordIn } from '../../functions/service/routing/words.ts';

const written = (subject: string, type = 'enquiry' as const, description = '') => ({ subject, type, description });

test('the language of a text follows from its script or its frequent words, and is open otherwise', () => {
  const texts: [string, string | null][] = [
    ['The brakes of my car are noisy', 'en'],
    ['Meine Rechnung ist nicht angekommen, bitte prüfen', 'de'],
    ['Bonjour, je ne trouve pas ma facture dans mon compte', 'fr'],
    ['Mobil saya tidak bisa jalan, tolong', 'id'],
    ['我的车刹车有问题', 'zh'],
    ['ブレーキから音がします', 'ja'],
    ['차에서 소리가 나요', 'ko'],
    ['என் காரில் சத்தம்', 'ta'],
    ['The sign says 出口 and it is not clear', 'en'],
    ['Brake noise', null],
    ['', null],
  ];
  for (const [text, language] of texts) expect([text, languageOf(text)]).toEqual([text, language]);
});

test('danger to people comes before money, with the word that decided', () => {
  const of = (subject: string, language: string | null = null) =>
    categoryOf(written(subject), language, usualCategories);
  expect(of('Refund after an accident')).toEqual({
    category: 'safety',
    reason: 'category safety: it contains "accident*"',
  });
  const texts: [string, string | null, string][] = [
    ['My invoice', 'en', 'billing'],
    ['Wo bleibt meine Rechnung?', 'de', 'billing'],
    ['Rückerstattung bitte', null, 'billing'],
    ['Mon colis n’est pas arrivé', 'fr', 'delivery'],
    ['He olvidado mi CONTRASEÑA', 'es', 'account'],
    ['我的发票在哪里', 'zh', 'billing'],
    ['Opening hours?', 'en', 'general'],
  ];
  for (const [text, language, category] of texts) expect([text, of(text, language).category]).toEqual([text, category]);
});

test('danger is urgent, a complaint has a high priority, feedback a low one', () => {
  const of = (subject: string, type: 'enquiry' | 'complaint' | 'feedback' = 'enquiry') =>
    priorityOf({ ...written(subject), type }, null, usualPriorities as never).priority;
  expect(of('Smoke in the kitchen, someone is injured')).toBe('urgent');
  expect(of('Es brennt!')).toBe('urgent');
  expect(of('Please answer as soon as possible')).toBe('high');
  expect(of('Slow answer', 'complaint')).toBe('high');
  expect(of('Nice people', 'feedback')).toBe('low');
  expect(of('Opening hours?')).toBe('normal');
});

test('a word is found as a whole, with `*` with any ending, in the language of the text', () => {
  const words = { en: ['return*', 'send back'], de: ['Gift', 'zurückgeben'] };
  const texts: [string, string | null, string | undefined][] = [
    ['I RETURNED it.', 'en', 'return*'],
    ['please send  back', 'en', 'send back'],
    ['the sender', 'en', undefined],
    ['a gift', 'en', undefined],
    ['a gift', null, 'Gift'],
    ['a gift', 'it', 'Gift'],
    ['Zuruckgeben?', 'de-AT', 'zurückgeben'],
    ['Gifte', 'de', undefined],
  ];
  for (const [text, language, word] of texts) expect([text, wordIn(text, language, words)]).toEqual([text, word]);
});

test('messages of machines are distinguished from messages of people', () => {
  const why = (subject: string, email = 'ada@example.com', automatic = false, words = en) =>
    whyAutomatic(
      { subject, automatic, addresses: [email] },
      { received: words.receivedSubject, addresses: ['hello@shop.example'] },
    );
  for (const subject of ['Automatic reply: hello', 'RE: Out of office', 'Abwesenheit: Urlaub', 'Undeliverable: x']) {
    expect(why(subject)).toBe('its subject is that of an automatic reply');
  }
  expect(why('[C-7K3M-9Q2R] We have received: My car')).toContain('acknowledgements');
  const reply = 'Re: [C-7K3M-9Q2R] Ihre Nachricht ist eingegangen: Auto';
  expect([why(reply, undefined, false, de), why(reply)]).toEqual([expect.stringContaining('acknowledgements'), null]);
  expect(why('Hello', 'hello@shop.example')).toContain('our own');
  expect(why('Hello', 'no-reply@shop.example')).toContain('unattended');
  expect(why('Hello', 'mailer-daemon@shop.example')).toContain('unattended');
  expect(why('Hello', 'ada@example.com', true)).toContain('machine');
  expect(why('My automatic gearbox', 'noah@example.com')).toBeNull();
  expect(why('Re: [C-7K3M-9Q2R] my question')).toBeNull();
});
