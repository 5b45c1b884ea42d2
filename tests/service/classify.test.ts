import { expect, test } from 'vitest';
import { whyAutomatic } from '../../functions/service/routing/automatic-mail.ts';
import { languageOf } from '../../functions/service/routing/language.ts';
import { categoryOf, priorityOf } from '../../functions/service/routing/topics.ts';

const told = (subject: string, type = 'enquiry' as const, description = '') => ({ subject, type, description });

test('the language of a text is told by its script or its common words, and left open when neither tells', () => {
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

test('what endangers people comes before what costs money, with the word that told', () => {
  expect(categoryOf(told('Refund after an accident'))).toEqual({
    category: 'safety',
    reason: 'category safety: it contains "accident"',
  });
  expect(categoryOf(told('My invoice'))).toMatchObject({ category: 'billing' });
  expect(categoryOf(told('Opening hours?'))).toMatchObject({ category: 'general' });
});

test('danger is urgent, a complaint presses, feedback can wait', () => {
  expect(priorityOf(told('The brakes failed on the motorway')).priority).toBe('urgent');
  expect(priorityOf(told('Please answer as soon as possible')).priority).toBe('high');
  expect(priorityOf({ ...told('Slow answer'), type: 'complaint' }).priority).toBe('high');
  expect(priorityOf({ ...told('Nice people'), type: 'feedback' }).priority).toBe('low');
  expect(priorityOf(told('Opening hours?')).priority).toBe('normal');
});

test('letters of machines are told from letters of people', () => {
  const why = (subject: string, email = 'ada@example.com', automatic = false) =>
    whyAutomatic({ subject, automatic, from: { email, name: 'Ada' } });
  for (const subject of ['Automatic reply: hello', 'RE: Out of office', 'Abwesenheit: Urlaub', 'Undeliverable: x']) {
    expect(why(subject)).toBe('its subject is that of an automatic reply');
  }
  expect(why('[C-7K3M-9Q2R] We have received: My car')).toContain('acknowledgements');
  expect(why('Hello', 'no-reply@shop.example')).toContain('unattended');
  expect(why('Hello', 'mailer-daemon@shop.example')).toContain('unattended');
  expect(why('Hello', 'ada@example.com', true)).toContain('machine');
  expect(why('My automatic gearbox', 'noah@example.com')).toBeNull();
  expect(why('Re: [C-7K3M-9Q2R] my question')).toBeNull();
});
