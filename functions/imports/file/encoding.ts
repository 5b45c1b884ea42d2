export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';

const startsWith = (bytes: Buffer, ...mark: number[]) => mark.every((byte, at) => bytes[at] === byte);

/** `cut`: there are more bytes, perhaps within a character */
const isUtf8 = (bytes: Buffer, cut: boolean) => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut });
    return true;
  } catch {
    return false;
  }
};

/** The encoding of a file by its first bytes, and how many of them mark it. `cut`: there are more. */
export const encodingOf = (beginning: Buffer, cut: boolean): { encoding: Encoding; mark: number } => {
  if (startsWith(beginning, 0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', mark: 3 };
  if (startsWith(beginning, 0xff, 0xfe)) return { encoding: 'utf-16le', mark: 2 };
  if (startsWith(beginning, 0xfe, 0xff)) return { encoding: 'utf-16be', mark: 2 };
  return { encoding: isUtf8(beginning, cut) ? 'utf-8' : 'windows-1252', mark: 0 };
};

const [lf, cr] = [0x0a, 0x0d];

/** whether lines end in CR only, as on old Macs */
export const endsInCr = (bytes: Buffer) => !bytes.includes(lf) && /\r[^\r]/.test(bytes.toString('latin1'));

const withLineFeeds = (bytes: Buffer) => Buffer.from(bytes.map(byte => (byte === cr ? lf : byte)));

/** Bytes of a file as bytes with ASCII delimiters, quotes and line feeds; `taken`: how many bytes of the file a number of them are. */
export const readable = (bytes: Buffer, encoding: Encoding, crOnly = false) => {
  const lines = (read: Buffer) => (crOnly ? withLineFeeds(read) : read);
  if (encoding === 'utf-8' || encoding === 'windows-1252')
    return { bytes: lines(bytes), taken: (count: number) => count };
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = new TextDecoder(encoding).decode(even);
  const narrow = Buffer.from(text);
  return { bytes: lines(narrow), taken: (count: number) => narrow.subarray(0, count).toString().length * 2 };
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows = new TextDecoder('windows-1252');

/** A cell's text. Files are assembled from others: some cells have another encoding than the file. */
export const textOf = (cell: Buffer) => {
  try {
    return utf8.decode(cell);
  } catch {
    return windows.decode(cell);
  }
};

const delimiters = [',', ';', '\t', '|'];

/** the delimiter that a first line `sep=;` names for spreadsheets, and the length of that line */
const namedDelimiter = (beginning: Buffer) => {
  const [line = '', delimiter] = /^"?sep=([,;\t|])"?\r?\n/i.exec(beginning.subarray(0, 10).toString('latin1')) ?? [];
  return delimiter && { delimiter, bytes: line.length };
};

/** the delimiter that the file names, else that its header has most of outside quotations; `bytes`: where the header begins */
export const delimiterOf = (beginning: Buffer): { delimiter: string; bytes: number } => {
  const named = namedDelimiter(beginning);
  if (named) return named;
  const [header = ''] = beginning
    .toString('latin1')
    .replace(/"[^"]*"/g, '')
    .split('\n');
  const counted = delimiters.map(delimiter => ({ delimiter, count: header.split(delimiter).length }));
  return { delimiter: counted.reduce((best, one) => (one.count > best.count ? one : best)).delimiter, bytes: 0 };
};
