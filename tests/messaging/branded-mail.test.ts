import { expect, test } from 'vitest';
import { brandedMail } from '../../functions/shared/text/branded-mail.ts';

const brand = { name: 'Auto <Inc.>', colour: '#7a1f5c', language: 'de', ownUrl: 'https://crm.example' };

const linksIn = (text: string) =>
  [...brandedMail(text, brand).matchAll(/<a href="([^"]*)" style="([^"]*)">(.*?)<\/a>/g)].map(
    ([, href, style = '', words]) => [href, words, style.includes('inline-block')],
  );

test('own links with a label become a button or a small link, others stay as they are', () => {
  const own = 'https://crm.example/v1/satisfaction/a.b';
  expect(linksIn(`Hello,\n\nRate us:\n${own}\n\nUnsubscribe: ${own}\n`)).toEqual([
    [own, 'Rate us', true],
    [own, 'Unsubscribe', false],
  ]);
  expect(linksIn('Rate us:\nhttps://crm.example.evil.example/v1/x')).toEqual([
    ['https://crm.example.evil.example/v1/x', 'https://crm.example.evil.example/v1/x', false],
  ]);
  expect(linksIn('See https://auto.example/a?b=1&c=2, or not.')).toEqual([
    ['https://auto.example/a?b=1&#38;c=2', 'https://auto.example/a?b=1&#38;c=2', false],
  ]);
});

test('what a customer or agent wrote is shown as text', () => {
  const html = brandedMail('<script>alert(1)</script>\n"x" onload=y\njavascript:alert(1)', brand);
  expect(html).not.toMatch(/<script|<a /);
  expect(html).toContain('&#60;script&#62;');
  expect(html).toContain('Auto &#60;Inc.&#62;');
});
