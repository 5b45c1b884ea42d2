import { escaped } from '../http/html-page.ts';
import { textOfHtml } from './html-to-text.ts';
import { render } from './liquid.ts';

type Written = { channel: string; subject?: string | undefined; body: string };

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

/** an unsubscribe link with its label */
type Footer = { url: string; label: string };

const signed = (html: string, { url, label }: Footer) => {
  const footer = `<p style="font-size:small"><a href="${url}">${escaped(label)}</a></p>`;
  const end = html.search(/<\/body\s*>/i);
  return end < 0 ? `${html}\n${footer}` : `${html.slice(0, end)}${footer}${html.slice(end)}`;
};

/**
 * A template’s content for one customer. An e-mail that does not show the link of the footer gets it appended. `brief`: the
 * variables of subjects and of short messages, where they differ.
 * Throws LiquidFault.
 */
export const compose = (
  { channel, subject, body }: Written,
  scope: Record<string, unknown>,
  footer?: Footer,
  brief = scope,
): Composed => {
  const head = subject === undefined ? {} : { subject: oneLine(render(subject, brief)) };
  if (channel !== 'email' || !isHtml(body)) {
    const text = render(body, channel === 'email' ? scope : brief);
    const lacking = channel === 'email' && footer && !text.includes(footer.url);
    return { ...head, text: lacking ? `${text}\n\n${footer.label}: ${footer.url}\n` : text };
  }
  const given = withoutScripts(render(body, scope, 'html'));
  const html = footer && !given.includes(footer.url) ? signed(given, footer) : given;
  return { ...head, html, text: textOfHtml(html) };
};
