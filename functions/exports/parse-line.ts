import * as z from 'zod';
import type { Item } from '../shared/store/entity.ts';
import { format, type Heading, type Piece } from './lines.ts';

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

const PieceLine = z.object({
  file: z.string().min(1).max(800),
  from: z.int().min(0),
  size: z.int().min(0),
  base64: z.base64(),
});
const HeadingLine = z.object({
  rapport: z.literal(format),
  tenant: z.string(),
  exportedAt: z.iso.datetime(),
  kinds: z.record(z.string(), z.object({ schema: z.int(), doc: z.unknown() })),
});
const EndLine = z.object({ end: z.literal(true), items: z.int(), files: z.int() });

export type Parsed =
  | { item: Item }
  | { piece: Piece }
  | { heading: Heading }
  | { end: z.output<typeof EndLine> }
  | { fault: string };

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A line of a copy, or what is wrong with it. */
export const parseLine = (text: string): Parsed => {
  const line = json(text);
  if (typeof line !== 'object' || line === null || Array.isArray(line)) return { fault: 'is not a JSON object' };
  const as = <S extends z.ZodType>(schema: S) => schema.safeParse(line);
  if ('pk' in line) {
    const item = as(ItemLine);
    return item.success ? { item: item.data as Item } : { fault: z.prettifyError(item.error) };
  }
  if ('file' in line) {
    const piece = as(PieceLine);
    return piece.success ? { piece: piece.data } : { fault: z.prettifyError(piece.error) };
  }
  const heading = as(HeadingLine);
  if (heading.success) return { heading: heading.data as Heading };
  const end = as(EndLine);
  return end.success ? { end: end.data } : { fault: 'is no line of a copy of Rapport' };
};
