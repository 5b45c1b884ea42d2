const dot = '[.\\uFF0E\\u3002\\uFF61]';
const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?';
const links = new RegExp(
  `(?:[a-z][a-z0-9+.-]*:\\/\\/|\\bwww${dot})\\S*|(?<![\\p{L}\\p{N}@-])(?:(?:${label}${dot})+(?:\\p{L}{2,}(?![\\p{L}\\p{N}])|xn--[a-z0-9-]+)|(?:\\d{1,3}\\.){3}\\d{1,3}(?=[/:]))(?:[/:?#]\\S*)?`,
  'giu',
);

/** what looks like a host, but is rather initials or a title with a name: `J.P.Morgan`, `St.John` */
const isName = (text: string) => /^(?:\p{L}{1,2}\.[\p{L}.]*|[\p{L}.]+\.\p{Lu}\p{Ll}+)$/u.test(text);

/** A text in which no mail program finds a link: addresses are left out, `St.John` becomes `St. John`. `own`: what may stay. */
export const withoutLinks = (text: string, own = ''): string =>
  text
    .replace(links, found => {
      if (own.includes(found)) return found;
      return isName(found) ? found.replaceAll('.', '. ') : '';
    })
    .replace(/\s+/g, ' ')
    .trim();
