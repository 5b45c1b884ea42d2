const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const decoded = (text: string) =>
  text.replace(/&(#x?[\da-f]{1,6}|[a-z]{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const stripped = (html: string) => html.replace(/<[^>]*>/g, '');

/** the attribute's value in a tag */
const attribute = (tag: string, name: string) => {
  const [, double, single, bare] =
    new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag) ?? [];
  return double ?? single ?? bare;
};

const linked = (tag: string, inner: string) => {
  const words = stripped(inner).trim();
  const href = attribute(tag, 'href');
  if (!href || href.startsWith('#') || decoded(words) === decoded(href)) return words;
  return words ? `${words} (${href})` : href;
};

/** The plain text alternative of an HTML body: links with their addresses, paragraphs and lists on lines of their own. */
export const textOfHtml = (html: string): string => {
  const text = html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(head|style|script|title)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/(<a\b[^>]*>)(.*?)<\/a\s*>/gi, (_, tag: string, inner: string) => linked(tag, inner))
    .replace(/<img\b[^>]*>/gi, tag => attribute(tag, 'alt') ?? '')
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<(br|hr)\b[^>]*>/gi, '\n')
    .replace(/<\/(td|th)\s*>/gi, ' ')
    .replace(/<\/?(p|div|h[1-6]|ul|ol|table|blockquote|section|header|footer)\b[^>]*>/gi, '\n\n')
    .replace(/<\/?tr\b[^>]*>/gi, '\n');
  return decoded(stripped(text))
    .replace(/[ \t\u00a0]*\n[ \t\u00a0]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
};
