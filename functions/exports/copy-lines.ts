import * as z from 'zod';
import { idOf } from '../../events/ids.ts';
import { documents, StoredDocument } from '../activities/document.ts';
import { identityProofSecrets } from '../identities/identity-proof.ts';
import { keptPath } from '../shared/aws/file-keys.ts';
import { secrets } from '../shared/http/secret.ts';
import type { Item } from '../shared/store/entity.ts';
import type { Kinds } from '../shared/store/tenant-copy.ts';

/** bytes of a file that one line carries: as many as S3 takes for a part of a large file */
export const pieceBytes = 6_000_000;

/** the version of this very layout */
export const format = 1;

/** whether a kind is part of a copy: not what belongs to this stack and moment alone, and no secret that signs or opens something */
export const isPortable = (kind: unknown) =>
  !['once', 'idempotency', 'sign-in', 'quota', secrets.kind, identityProofSecrets.kind].includes(kind as string);

/** a key as DynamoDB takes it, in bytes; a copy leaves room for the name of a company */
const key = (most: number) =>
  z
    .string()
    .min(1)
    .refine(text => Buffer.byteLength(text) <= most, `is longer than ${most} bytes`);
const partition = key(1900).regex(/^[^#]+#/, 'names no partition');
const place = key(1024);

const ItemLine = z.looseObject({
  pk: partition,
  sk: place,
  gsi1pk: partition.optional(),
  gsi1sk: place.optional(),
  gsi2pk: partition.optional(),
  gsi2sk: place.optional(),
  gsi3pk: partition.optional(),
  gsi3sk: place.optional(),
  expiresAt: z.number().optional(),
  // what would be put on the bus again, or on a bus at all, is not part of a copy
  publish: z.never().optional(),
  dueAt: z.iso.datetime().optional(),
});

/** what is put on the bus when it is due: an event of ours */
const Timer = z.looseObject({
  kind: z.literal('timer'),
  source: z.string().regex(/^rapport\.[a-z-]+$/),
  type: z.string().min(1),
  doc: z.looseObject({ id: idOf('timer'), tenant: z.string() }),
});

const StoredFiles = StoredDocument.pick({ versions: true });

const itemFault = (item: z.output<typeof ItemLine>): z.ZodError | undefined => {
  if (item.dueAt !== undefined) return Timer.safeParse(item).error;
  return item.kind === documents.kind ? StoredFiles.safeParse(item.doc).error : undefined;
};

const Piece = z.object({
  file: z.string().regex(keptPath, 'is not the path of a file that is kept'),
  from: z.int().min(0),
  size: z.int().min(0),
  base64: z.base64(),
});
export type Piece = z.output<typeof Piece>;

const Heading = z.object({
  rapport: z.literal(format),
  tenant: z.string(),
  exportedAt: z.iso.datetime(),
  kinds: z.record(z.string(), z.object({ schema: z.int(), doc: z.unknown() })),
});
export type Heading = Omit<z.output<typeof Heading>, 'kinds'> & { kinds: Kinds };

const End = z.object({ end: z.literal(true), items: z.int(), files: z.int() });
type End = z.output<typeof End>;

/** a line of a copy: a heading, items, pieces of files, an end */
export const lineOf = (line: Heading | Item | Piece | End) => `${JSON.stringify(line)}\n`;

type Parsed = { item: Item } | { piece: Piece } | { heading: Heading } | { end: End } | { fault: string };

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const parseLine = (text: string): Parsed => {
  const line = json(text);
  if (typeof line !== 'object' || line === null || Array.isArray(line)) return { fault: 'is not a JSON object' };
  if ('pk' in line) {
    const item = ItemLine.safeParse(line);
    const error = item.error ?? itemFault(item.data);
    return error ? { fault: z.prettifyError(error) } : { item: item.data as Item };
  }
  if ('file' in line) {
    const piece = Piece.safeParse(line);
    return piece.success ? { piece: piece.data } : { fault: z.prettifyError(piece.error) };
  }
  const heading = Heading.safeParse(line);
  if (heading.success) return { heading: heading.data as Heading };
  const end = End.safeParse(line);
  return end.success ? { end: end.data } : { fault: 'is not a line of a copy of Rapport' };
};
