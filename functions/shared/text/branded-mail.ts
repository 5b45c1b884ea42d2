import { brandMark, escaped, usualColour } from '../http/html-page.ts';

type Brand = { name: string; colour?: string | undefined; logo?: string | undefined; language: string; ownUrl: string };

type Look = Brand & { colour: string };

const anchor = (url: string, words: string, style: string) =>
  `<a href="${escaped(url)}" style="${style}">${escaped(words)}</a>`;

const linked = (text: string, { colour }: Look) =>
  text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/)
    .map((part, nth) => (nth % 2 ? anchor(part, part, `color:${colour}`) : escaped(part)))
    .join('');

const labelled = /^([^\n]{1,100}?)\s*[:：]([ \n])(https?:\/\/\S+)$/;

/** one of our own links with a label: on its own line a button, behind the label a small link; every other text as it is */
const block = (paragraph: string, look: Look) => {
  const { colour, ownUrl } = look;
  const [, label = '', between, url = ''] = labelled.exec(paragraph) ?? [];
  const button = `display:inline-block;padding:12px 24px;border-radius:6px;background:${colour};color:#ffffff;text-decoration:none`;
  const html = url.startsWith(`${ownUrl}/`)
    ? anchor(url, label, between === '\n' ? button : `font-size:14px;color:${colour}`)
    : paragraph
        .split('\n')
        .map(line => linked(line, look))
        .join('<br>');
  return `<p style="margin:0 0 1em">${html}</p>`;
};

/** A plain text as an e-mail in the look of the pages for customers. */
export const brandedMail = (text: string, brand: Brand): string => {
  const colour = brand.colour ?? usualColour;
  const paragraphs = text.trim().split(/\n{2,}/);
  return `<!doctype html>
<html lang="${escaped(brand.language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"></head>
<body style="margin:0;background:#ffffff;color:#1a1a1a;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;overflow-wrap:anywhere">
<div style="border-top:6px solid ${colour}"><div style="max-width:544px;margin:0 auto;padding:24px 16px">
<p style="margin:0 0 1.5em;font-weight:600;color:${colour}">${brandMark(brand, ' height="48" style="display:block;height:48px;max-width:100%;border:0"')}</p>
${paragraphs.map(paragraph => block(paragraph, { ...brand, colour })).join('\n')}
</div></div>
</body>
</html>
`;
};
