import { expect, test } from 'vitest';
import { categoryOf, languageOf, priorityOf, whyAutomatic } from '../../functions/service/routing/read-text.ts';

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
  expect(categoryOf(written('Refund after an accident'))).toEqual({
    category: 'safety',
    reason: 'category safety: it contains "accident"',
  });
  expect(categoryOf(written('My invoice'))).toMatchObject({ category: 'billing' });
  expect(categoryOf(written('Opening hours?'))).toMatchObject({ category: 'general' });
});

test('danger is urgent, a complaint has a high priority, feedback a low one', () => {
  expect(priorityOf(written('The brakes failed on the motorway')).priority).toBe('urgent');
  expect(priorityOf(written('Please answer as soon as possible')).priority).toBe('high');
  expect(priorityOf({ ...written('Slow answer'), type: 'complaint' }).priority).toBe('high');
  expect(priorityOf({ ...written('Nice people'), type: 'feedback' }).priority).toBe('low');
  expect(priorityOf(written('Opening hours?')).priority).toBe('normal');
});

test('messages of machines are distinguished from messages of people', () => {
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
