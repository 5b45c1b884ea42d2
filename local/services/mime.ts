export type Header = { name: string; value: string };
/** The parts of a raw message that people read. */
export type RawMail = { headers: Header[]; text: string; html: string };

const decodeQuoted = (text: string) =>
  Buffer.from(
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

const decodeText = (bytes: Buffer, charset: string) => {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
};

/** `=?utf-8?B?…?=` words made readable */
const decodeWords = (value: string) =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?([^?]+)\?([BQ])\?([^?]*)\?=/gi, (_, charset: string, kind: string, text: string) =>
      decodeText(
        kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : decodeQuoted(text.replaceAll('_', ' ')),
        charset,
      ),
    );

export const headerValue = (headers: Header[], name: string) =>
  headers.find(header => header.name.toLowerCase() === name.toLowerCase())?.value;

const split = (raw: string) => {
  const end = /\r?\n\r?\n/.exec(raw);
  const head = end ? raw.slice(0, end.index) : raw;
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const headers = lines.flatMap(line => {
    const colon = line.indexOf(':');
    const value = Buffer.from(line.slice(colon + 1).trim(), 'latin1').toString('utf8');
    return colon > 0 ? [{ name: line.slice(0, colon), value: decodeWords(value) }] : [];
  });
  return { headers, body: end ? raw.slice(end.index + end[0].length) : '' };
};

const parameter = (value: string, name: string) => new RegExp(`${name}="?([^";]+)"?`, 'i').exec(value)?.[1];

const parts = (raw: string): RawMail => {
  const { headers, body } = split(raw);
  const type = headerValue(headers, 'content-type') ?? 'text/plain';
  const boundary = parameter(type, 'boundary');
  if (boundary) {
    const inner = `\n${body}`
      .split(`\n--${boundary}`)
      .slice(1, -1)
      .map(part => parts(part.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, '')));
    return { headers, text: inner.map(({ text }) => text).join(''), html: inner.map(({ html }) => html).join('') };
  }
  const encoding = headerValue(headers, 'content-transfer-encoding')?.toLowerCase();
  const plain = encoding === 'quoted-printable' ? decodeQuoted(body) : Buffer.from(body, 'latin1');
  const content = decodeText(
    encoding === 'base64' ? Buffer.from(body, 'base64') : plain,
    parameter(type, 'charset') ?? 'utf-8',
  );
  const attached = headerValue(headers, 'content-disposition')?.startsWith('attachment');
  const isHtml = /^text\/html/i.test(type);
  const isText = /^text\//i.test(type) && !isHtml;
  return { headers, text: isText && !attached ? content : '', html: isHtml && !attached ? content : '' };
};

/** Reads a raw MIME message (base64, as SES takes it): all headers of the message, its text and HTML. */
export const readRawMail = (base64: string): RawMail => parts(Buffer.from(base64, 'base64').toString('latin1'));
