import { escaped } from '../http/html-page.ts';
import { textOfHtml } from './html-to-text.ts';
import { render } from './liquid.ts';

/** `flat`: written as an e-mail, and sent without its markup */
type Written = { channel: string; subject?: string | undefined; body: string; flat?: boolean };

export type Composed = { subject?: string; html?: string; text: string };

const isHtml = (body: string) => /<(!doctype|[a-z][a-z0-9]*)[\s>/]/i.test(body);

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

const linking = /(\s(?:href|src|action|formaction|xlink:href|background)\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)/gi;
const entities = /&(?:#x([0-9a-f]+)|#(\d+)|(colon|tab|newline));?/gi;
const named: Record<string, string> = { colon: ':', tab: '', newline: '' };

const isScript = (value: string) => {
  const plain = value
    .replace(entities, (_, hex, decimal, name) =>
      name ? (named[name.toLowerCase()] ?? '') : String.fromCharCode(Number.parseInt(hex ?? decimal, hex ? 16 : 10)),
    )
    // browsers ignore them within a scheme
    .replace(/["'\s\p{Cc}]/gu, '');
  return /^(javascript|vbscript|data(?!:image\/(?!svg))):/i.test(plain);
};

/** links that would run as a script lead nowhere: their values may come from events */
const withoutScripts = (html: string) =>
  html.replace(linking, (all, head: string, value: string) => (isScript(value) ? `${head}"#"` : all));

/** what ends an e-mail: texts, and an unsubscribe link with its label where the body does not show it */
export type Footer = { texts: string[]; link?: { url: string; label: string } | undefined };

const small = (html: string) => `<p style="font-size:small">${html}</p>`;

const signed = (html: string, { texts, link }: Footer) => {
  const shown = texts.map(text => small(escaped(text).replaceAll('\n', '<br>')));
  const footer = [...shown, ...(link ? [small(`<a href="${link.url}">${escaped(link.label)}</a>`)] : [])].join('');
  const end = html.search(/<\/body\s*>/i);
  return end < 0 ? `${html}\n${footer}` : `${html.slice(0, end)}${footer}${html.slice(end)}`;
};

/**
 * A template’s content for one customer. An e-mail or letter gets the texts of the footer, and its link unless it shows it. `brief`: the
 * variables of subjects and of short messages, where they differ.
 * Throws LiquidFault.
 */
export const compose = (
  { channel, subject, body, flat }: Written,
  scope: Record<string, unknown>,
  { texts, link }: Footer = { texts: [] },
  brief = scope,
): Composed => {
  const head = subject === undefined ? {} : { subject: oneLine(render(subject, brief)) };
  const isPage = channel === 'email' || channel === 'post';
  if (!isPage || !isHtml(body)) {
    const isFlat = flat && isHtml(body);
    const rendered = render(body, isPage ? scope : brief, isFlat ? 'html' : 'text');
    const text = isFlat ? textOfHtml(rendered) : rendered;
    const lacking = link && !text.includes(link.url) ? [`${link.label}: ${link.url}\n`] : [];
    return { ...head, text: isPage ? [text, ...texts, ...lacking].join('\n\n') : text };
  }
  const given = withoutScripts(render(body, scope, 'html'));
  const lacking = link && !given.includes(link.url) ? link : undefined;
  const html = texts.length || lacking ? signed(given, { texts, link: lacking }) : given;
  return { ...head, html, text: textOfHtml(html) };
};
