import * as z from 'zod';
import type { Item } from '../shared/store/entity.ts';
import type { Kinds } from '../shared/store/tenant-copy.ts';

/** bytes of a file that one line carries: as many as S3 takes for a part of a large file */
export const pieceBytes = 6_000_000;

/** the version of this very layout */
export const format = 1;

const partition = z
  .string()
  .regex(/^[^#]+#/, 'names no partition')
  .max(2000);

const ItemLine = z.looseObject({
  pk: partition,
  sk: z.string().min(1).max(1000),
  gsi1pk: partition.optional(),
  gsi2pk: partition.optional(),
  gsi3pk: partition.optional(),
});

const Piece = z.object({
  file: z.string().min(1).max(800),
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
    return item.success ? { item: item.data as Item } : { fault: z.prettifyError(item.error) };
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
