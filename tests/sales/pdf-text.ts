import { inflateSync } from 'node:zlib';

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

const utf16 = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** the objects of a PDF file: number -> dictionary, and the stream unpacked */
const objectsOf = (file: Buffer) => {
  const objects = new Map<string, { dictionary: string; stream: string }>();
  for (const [, number = '', body = ''] of latin(file).matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [dictionary = '', packed] = body.split(/\nstream\n/);
    const bytes = packed && Buffer.from(packed.replace(/\nendstream$/, ''), 'latin1');
    const isPacked = bytes && dictionary.includes('/FlateDecode');
    objects.set(number, { dictionary, stream: bytes ? latin(isPacked ? inflateSync(bytes) : bytes) : '' });
  }
  return objects;
};

/** the characters of a font: glyph in hex -> text */
const charactersOf = (map: string) => {
  const characters = new Map<string, string>();
  for (const [, from = '', , list = ''] of map.matchAll(/<(\w+)> <(\w+)> \[([^\]]*)\]/g))
    for (const [nth, [, hex = '']] of [...list.matchAll(/<([\w ]*)>/g)].entries())
      characters.set((Number.parseInt(from, 16) + nth).toString(16).padStart(4, '0'), utf16(hex.replaceAll(' ', '')));
  return characters;
};

/** The texts of a PDF in the order in which they are written, as a reader would copy them. */
export const pdfText = (file: Buffer) => {
  const objects = objectsOf(file);
  const fonts = new Map<string, Map<string, string>>();
  for (const { dictionary } of objects.values())
    for (const [, name = '', number = ''] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(number)?.dictionary ?? '')?.[1] ?? '';
      fonts.set(name, charactersOf(objects.get(map)?.stream ?? ''));
    }
  let text = '';
  for (const { stream } of objects.values()) {
    let font: Map<string, string> | undefined;
    for (const [, name, shown] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name) font = fonts.get(name);
      for (const [, hex = ''] of (shown ?? '').matchAll(/<(\w*)>/g))
        text += (hex.match(/.{4}/g) ?? []).map(glyph => font?.get(glyph) ?? '\ufffd').join('');
      if (shown) text += '\n';
    }
  }
  return text;
};
