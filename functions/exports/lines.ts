import type { Item } from '../shared/store/entity.ts';
import type { Kinds } from '../shared/store/kinds.ts';

/** Lines of a copy: a heading, items, pieces of files, an end. What is not one of these is refused. */
export type Heading = {
  rapport: typeof format;
  tenant: string;
  exportedAt: string;
  kinds: Kinds;
};
export type Piece = { file: string; from: number; size: number; base64: string };
export type End = { end: true; items: number; files: number };

/** bytes of a file that one line carries: as many as S3 takes for a part of a large file */
export const pieceBytes = 6_000_000;

/** the version of this very layout */
export const format = 1;

/** kinds that are of this stack and moment alone: repeated requests and deliveries, codes that are mailed */
const passing = new Set(['once', 'idempotency', 'sign-in']);

/** what of an item is taken along; neither timers that have gone off already nor copies */
export const lasting = ({ kind, dueAt, doc }: Item, now: string) =>
  !passing.has(kind as string) &&
  !(typeof dueAt === 'string' && dueAt <= now) &&
  !(kind === 'job' && (doc as { kind?: string }).kind === 'export');

/** an item as it is put back: what it says was said when it happened, and is not said again */
export const unpublished = ({ publish: _, published: __, ...item }: Item): Item => item;

export const lineOf = (line: Heading | Item | Piece | End) => `${JSON.stringify(line)}\n`;
