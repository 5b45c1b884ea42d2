import { expect, test } from 'vitest';
import { textOfHtml } from '../../functions/shared/text/html-to-text.ts';

test('what an HTML body shows is there as text, with the addresses of links', () => {
  const html = `<!doctype html><html><head><title>t</title><style>p{color:red}</style></head><body><!-- <p>no</p> -->
    <h1>Hi &amp; welcome</h1><p>a
      b&nbsp;c &#8364;&#x20AC; &unknown;</p><p><a href="https://x.example/?a=1&amp;b=2"><b>Look</b> here</a>, <a href='https://y.example'>https://y.example</a> <a href="#top">up</a></p>
    <ul><li>one</li><li>two</li></ul><table><tr><td>x</td><td>y</td></tr></table><img src="a.png" alt="A car"><br>end</body></html>`;
  expect(textOfHtml(html)).toBe(
    'Hi & welcome\n\na b c €€ &unknown;\n\nLook here (https://x.example/?a=1&b=2), https://y.example up\n\n- one\n- two\n\nx y\n\nA car\nend',
  );
});

test('hostile markup takes no longer than its length', () => {
  const begin = performance.now();
  for (const part of ['<', '<a', '<a href="', '<!--', '<style>', '<a>', ' ', '&nbsp;', '&#', '</a>', '\n ']) {
    textOfHtml(part.repeat(100_000));
  }
  expect(performance.now() - begin).toBeLessThan(5_000);
});
