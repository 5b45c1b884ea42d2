import type { filesOf } from './files.ts';

type Files = ReturnType<typeof filesOf>;

/** what S3 requires of every part but the last */
const leastPart = 5 * 1024 * 1024;

/**
 * A file that grows slice by slice: its parts so far, and the path of the bytes that are not yet a part. `superseded`: where those
 * were before, which a slice that is done again may still read.
 */
export type GrowingFile = { upload: string | null; etags: string[]; rest: string | null; superseded: string | null };

export const emptyFile: GrowingFile = { upload: null, etags: [], rest: null, superseded: null };

/** Appends a slice's text to the file of a path; the same again, from the same beginning, appends it once. */
export const appendTo = async (
  files: Files,
  path: string,
  file: GrowingFile,
  { slice, text }: { slice: number; text: string },
): Promise<GrowingFile> => {
  if (!text) return file;
  const { upload, etags, rest, superseded } = file;
  const bytes = Buffer.concat([rest ? await files.read(rest) : Buffer.alloc(0), Buffer.from(text)]);
  const isPart = bytes.length >= leastPart;
  // the length distinguishes two concurrent runs of one slice
  const left = `${path}.rest-${slice}-${bytes.length}`;
  await files.put(left, isPart ? '' : bytes);
  if (superseded) await files.remove(superseded);
  const grown = { upload, etags, rest: left, superseded: rest };
  if (!isPart) return grown;
  const id = upload ?? (await files.multipart.begin(path));
  const etag = await files.multipart.part(path, id, etags.length + 1, bytes);
  return { ...grown, upload: id, etags: [...etags, etag] };
};

/** Makes one file of what was appended. */
export const completeFile = async (files: Files, path: string, { upload, etags, rest }: GrowingFile) => {
  const bytes = rest ? await files.read(rest) : Buffer.alloc(0);
  if (!upload) return files.put(path, bytes);
  // completed before a crash
  if (await files.look(path)) return;
  const last = bytes.length ? [await files.multipart.part(path, upload, etags.length + 1, bytes)] : [];
  await files.multipart.end(path, upload, [...etags, ...last]);
};
