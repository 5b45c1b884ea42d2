// joiners stay: Persian and the scripts of India are written with them
const unseen = /[\u200b\u2060\ufeff\u00ad]|(?![\n\t\r])\p{Cc}/gu;

/** one space between words, none at the ends of lines, nothing that cannot be seen */
export const tidied = (text: string) =>
  text
    .normalize('NFC')
    .replace(unseen, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** `&amp;`, `&#39;` and their like as the characters they stand for */
export const unescaped = (text: string) =>
  text.replace(/&(?:#(\d{1,6})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi, (whole, decimal, hex, name) => {
    if (name) return named[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    const isCharacter = code >= 32 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });

/** the characters that Windows-1252 has in place of the controls from 0x80 on; a space where it has none */
const windows1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

const byteOf = (character: string) => {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return code;
  const at = windows1252.indexOf(character);
  return at < 0 ? undefined : 0x80 + at;
};

/** UTF-8 that was read as Windows-1252 once (`JosÃ©`), as it was meant; any other text as it is */
export const rightlyDecoded = (text: string): string => {
  if (!/[\u00c2-\u00f4]/.test(text)) return text;
  const bytes = Array.from(text, byteOf);
  if (bytes.some(byte => byte === undefined)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes as number[]));
  } catch {
    return text;
  }
};

const saysNothing =
  /^(?:[-–—_.?*x]+|n\/a|n\.a\.?|none|null|nil|undefined|unknown|not (?:known|given|available|applicable)|tba|tbd|test|keine(?: angabe)?|s\/n)$/i;

/** whether a text stands for there being none */
export const isPlaceholder = (text: string) => saysNothing.test(text.trim());
