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

/** Bytes of a file as bytes with ASCII delimiters and quotes; `taken`: how many bytes of the file a number of them are. */
export const readable = (bytes: Buffer, encoding: Encoding) => {
  if (encoding === 'utf-8' || encoding === 'windows-1252') return { bytes, taken: (count: number) => count };
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const text = new TextDecoder(encoding).decode(even);
  const narrow = Buffer.from(text);
  return { bytes: narrow, taken: (count: number) => narrow.subarray(0, count).toString().length * 2 };
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

/** the delimiter that the header has most of, outside quotations */
export const delimiterOf = (beginning: Buffer) => {
  const [header = ''] = beginning
    .toString('latin1')
    .replace(/"[^"]*"/g, '')
    .split('\n');
  const counted = delimiters.map(delimiter => ({ delimiter, count: header.split(delimiter).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
};
