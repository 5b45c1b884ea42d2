import { isObject, type Json } from '../json.ts';

const dot = '(?:[.\\u2024\\uFE52\\uFF0E\\u3002\\uFF61]|\\s?[[({]\\s?(?:[.\\u2024\\uFF0E]|dot)\\s?[\\])}]\\s?)';
const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?';
const mailbox = '(?:mailto:)?[\\p{L}\\p{N}._%+-]{1,64}@';
const host = `(?:${label}${dot})+(?:\\p{L}{2,}(?![\\p{L}\\p{N}])|xn--[a-z0-9-]+)`;
const links = new RegExp(
  `(?:[a-z][a-z0-9+.-]*:\\/\\/|\\bwww${dot})\\S*|(?<![\\p{L}\\p{N}-])(?:(?:${mailbox})?${host}|(?:\\d{1,3}\\.){3}\\d{1,3}(?=[/:]))(?:[/:?#]\\S*)?`,
  'giu',
);

/** they are not seen, and part a link for a filter but for no reader */
const invisible = /[\u00AD\u200B\u2060\uFEFF]/g;

/** what looks like a host, but is rather initials or a title with a name: `J.P.Morgan`, `St.John` */
const isName = (text: string) => /^(?:\p{L}{1,2}\.[\p{L}.]*|[\p{L}.]+\.\p{Lu}\p{Ll}+)$/u.test(text);

/** A text in which no mail program finds a link: addresses are left out, `St.John` becomes `St. John`. `own`: what may stay. */
export const withoutLinks = (text: string, own = ''): string =>
  text
    .replace(invisible, '')
    .replace(links, found => {
      if (own.includes(found)) return found;
      return isName(found) ? found.replaceAll('.', '. ') : '';
    })
    .replace(/\s+/g, ' ')
    .trim();

const linkless = (value: unknown, own: string): unknown => {
  if (typeof value === 'string') return withoutLinks(value, own);
  if (Array.isArray(value)) return value.map(one => linkless(one, own));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, linkless(one, own)]));
};

/** Variables of a message that strangers may have filled: no link but the customer's own address, and those that are ours. A type of events looks like a host. */
export const withoutForeignLinks = (scope: Record<string, unknown>): Record<string, unknown> => {
  const { customer, event } = scope;
  const [{ email = '' }, { type = '' }] = [customer, event].map(one => (isObject(one) ? one : {})) as [Json, Json];
  const own = `${email} ${type}`;
  return { ...scope, customer: linkless(customer, own), event: linkless(event, own) };
};
