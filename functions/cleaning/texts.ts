import type { Profile } from '../customers/customer.ts';
import type { Json } from '../shared/json.ts';

// joiners stay: Persian and the scripts of India need them
const invisible = /[\u200b\u2060\ufeff\u00ad]|(?![\n\t\r])\p{Cc}/gu;

/** single spaces, none at the ends of lines, no invisible characters */
export const normaliseSpaces = (text: string) =>
  text
    .normalize('NFC')
    .replace(invisible, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

export const decodeEntities = (text: string) =>
  text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi, (whole, decimal, hex, name) => {
    if (name) return named[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    const isCharacter = code >= 32 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });

/** Windows-1252 from 0x80 on; a space for unassigned codes */
const windows1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

const byteOf = (character: string) => {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return code;
  const at = windows1252.indexOf(character);
  return at < 0 ? undefined : 0x80 + at;
};

/** text that is UTF-8 decoded as Windows-1252 (`JosÃ©`), corrected; any other text unchanged */
export const fixEncoding = (text: string): string => {
  if (!/[\u00c2-\u00f4]/.test(text)) return text;
  const bytes = Array.from(text, byteOf);
  if (bytes.some(byte => byte === undefined)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes as number[]));
  } catch {
    return text;
  }
};

const placeholder =
  /^(?:[-–—_.?*x]+|n\/a|n\.a\.?|none|null|nil|undefined|unknown|not (?:known|given|available|applicable)|tba|tbd|test|keine(?: angabe)?|s\/n)$/i;

export const isPlaceholder = (text: string) => placeholder.test(text.trim());

const names = ['givenName', 'familyName', 'name'] as const;
const inParts = ['address', 'identifiers', 'attributes'] as const;

type Field = (typeof names)[number] | (typeof inParts)[number];

export const allTexts: readonly Field[] = [...names, ...inParts];

const rewritten = (values: Json, change: (text: string, name: string) => string | null): Json =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const becomes = typeof value === 'string' ? change(value, name) : value;
      return becomes === value ? [] : [[name, becomes || null]];
    }),
  );

/** a merge patch that changes a profile's texts; null or an empty text removes one */
export const rewrite = (
  profile: Profile,
  fields: readonly Field[],
  change: (text: string, name: string) => string | null,
): Json => {
  const patch: Json = {};
  for (const field of fields) {
    const value = profile[field];
    const changed = rewritten(typeof value === 'object' ? (value as Json) : { [field]: value }, change);
    if (Object.keys(changed).length) Object.assign(patch, typeof value === 'object' ? { [field]: changed } : changed);
  }
  return patch;
};
