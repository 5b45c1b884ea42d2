const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const decoded = (text: string) =>
  text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const hidden = new Set(['head', 'style', 'script', 'title']);
const paragraphs = new Set('p div h1 h2 h3 h4 h5 h6 ul ol table blockquote section header footer'.split(' '));
const lines = new Set(['br', 'hr', 'tr']);

/** longer tags are cut: the attributes in use are near the start */
const mostTag = 4_000;

const attribute = (tag: string, name: string) => {
  const [, double, single, bare] =
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag.slice(0, mostTag)) ?? [];
  return decoded(double ?? single ?? bare ?? '');
};

type Token = { text: string } | { name: string; closes: boolean; tag: string };

/** tags and the text between them, comments and what is never shown left out; in one pass, whatever is left open */
function* tokens(html: string): Generator<Token> {
  const lower = html.toLowerCase();
  let at = 0;
  while (at < html.length) {
    const begin = html.indexOf('<', at);
    if (begin > at) yield { text: html.slice(at, begin) };
    if (begin < 0) return yield { text: html.slice(at) };
    const comment = html.startsWith('<!--', begin);
    const end = comment ? html.indexOf('-->', begin) + 2 : html.indexOf('>', begin);
    if (end < begin) return;
    const [, slash = '', name = ''] = /^<(\/?)([a-z][a-z0-9]*)/.exec(lower.slice(begin, begin + 20)) ?? [];
    at = end + 1;
    if (comment || !name) continue;
    if (hidden.has(name) && !slash) {
      const close = lower.indexOf(`</${name}`, at);
      if (close < 0) return;
      at = close;
    } else yield { name, closes: slash !== '', tag: html.slice(begin, at) };
  }
}

const breakAt = (name: string, closes: boolean) => {
  if (paragraphs.has(name)) return '\n\n';
  if (lines.has(name)) return '\n';
  if (name === 'li') return closes ? '' : '\n- ';
  return closes && (name === 'td' || name === 'th') ? ' ' : '';
};

/** The plain text alternative of an HTML body: links with their addresses, paragraphs and lists on lines of their own. */
export const textOfHtml = (html: string): string => {
  let text = '';
  let link: { href: string; from: number } | undefined;
  for (const token of tokens(html)) {
    if ('text' in token) {
      text += decoded(token.text.replace(/\s+/g, ' '));
      continue;
    }
    const { name, closes, tag } = token;
    if (name === 'img') text += attribute(tag, 'alt');
    if (name === 'a' && !closes) link = { href: attribute(tag, 'href'), from: text.length };
    if (name === 'a' && closes && link) {
      const words = text.slice(link.from).trim();
      if (link.href && !link.href.startsWith('#') && words !== link.href) {
        text += words ? ` (${link.href})` : link.href;
      }
      link = undefined;
    }
    text += breakAt(name, closes);
  }
  return text
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
};
