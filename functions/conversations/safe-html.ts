const tags = new Set(
  'a abbr b blockquote br caption center code col colgroup dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins li ol p pre q s small span strike strong sub sup table tbody td tfoot th thead tr tt u ul'.split(
    ' ',
  ),
);
const hollow = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'iframe',
  'object',
  'noscript',
  'svg',
  'math',
  'textarea',
  'xmp',
  'select',
]);
const attributes = new Set(
  'href src alt title width height align valign colspan rowspan border cellpadding cellspacing color bgcolor dir lang'.split(
    ' ',
  ),
);

const link = /^(?:https?:|mailto:|tel:)/i;
const picture = /^(?:cid:|data:image\/(?:png|gif|jpe?g|webp);base64,)/i;

const decoded = (text: string) =>
  text.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|colon|tab|newline));?/gi,
    (whole, hex, decimal, name) => {
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      if (!name) return code <= 0x10ffff ? String.fromCodePoint(code) : '';
      return (
        { amp: '&', lt: '<', gt: '>', quot: '"', colon: ':', tab: '', newline: '' }[String(name).toLowerCase()] ?? whole
      );
    },
  );

const escaped = (text: string) => text.replace(/[<>"]/g, sign => ({ '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

const safeAttributes = (text: string) =>
  [...text.matchAll(/([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi)].flatMap(([, name = '', ...values]) => {
    const key = name.toLowerCase();
    const value = decoded(values.find(one => one !== undefined) ?? '')
      .replace(/\p{Cc}/gu, '')
      .trim();
    if (!attributes.has(key)) return [];
    if (key === 'href' && !link.test(value)) return [];
    // a picture that is fetched would tell the sender who reads it
    if (key === 'src' && !picture.test(value)) return [];
    return [` ${key}="${escaped(value.replaceAll('&', '&amp;'))}"`];
  });

/** HTML of a stranger with nothing that runs, hides or is fetched: built anew of harmless tags and attributes. */
export const safeHtml = (html: string): string => {
  const lower = html.toLowerCase();
  let safe = '';
  let at = 0;
  for (const match of html.matchAll(
    /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][a-z0-9]*)((?:"[^"]{0,2000}"|'[^']{0,2000}'|[^"'>]){0,2000})>/gi,
  )) {
    if (match.index < at) continue;
    safe += escaped(html.slice(at, match.index));
    at = match.index + match[0].length;
    const [, slash, name = '', rest = ''] = match;
    const tag = name.toLowerCase();
    if (hollow.has(tag) && !slash) {
      const close = lower.indexOf(`</${tag}`, at);
      at = close < 0 ? html.length : close;
    } else if (tags.has(tag)) safe += slash ? `</${tag}>` : `<${tag}${safeAttributes(rest).join('')}>`;
  }
  return safe + escaped(html.slice(at));
};
