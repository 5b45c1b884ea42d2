import type { Captured } from './outbox.ts';

const isPlain = (text: string) => /^[\x20-\x7e]*$/.test(text);

/** RFC 2047: words of at most 75 characters, each whole characters */
const encodedWords = (text: string) => {
  const words: string[] = [''];
  for (const character of text) {
    const next = words.at(-1) + character;
    if (Buffer.byteLength(next) <= 45) words[words.length - 1] = next;
    else words.push(character);
  }
  return words.map(word => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ');
};

/** RFC 5322: lines of at most 78 characters, where there is white space to break them at */
const folded = (line: string) => {
  const lines: string[] = [];
  for (const word of line.split(/ (?=\S)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 78) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : ` ${word}`);
  }
  return lines.join('\r\n');
};

const headerLine = ({ name, value }: { name: string; value: string }) =>
  isPlain(value) ? folded(`${name}: ${value}`) : `${name}: ${encodedWords(value)}`;

const part = (type: string, text: string) =>
  [
    `Content-Type: ${type}; charset=UTF-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
  ].join('\r\n');

/** The MIME message that a provider makes of a mail, with CRLF. */
export const mimeOf = ({
  headers,
  text,
  html,
  messageId,
}: Pick<Captured, 'headers' | 'text' | 'html' | 'messageId'>) => {
  const head = [...headers, { name: 'MIME-Version', value: '1.0' }].map(headerLine).join('\r\n');
  const parts = [...(text ? [part('text/plain', text)] : []), ...(html ? [part('text/html', html)] : [])];
  if (parts.length < 2) return `${head}\r\n${parts[0] ?? ''}\r\n`;
  const boundary = `=_${messageId}`;
  const body = parts.map(one => `--${boundary}\r\n${one}\r\n`).join('');
  return `${head}\r\nContent-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n${body}--${boundary}--\r\n`;
};
