import * as z from 'zod';
import { stamps } from '../shared/http/contract.ts';
import { type Change, save } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';

export const SeriesId = z.enum(['quote', 'order', 'invoice', 'creditNote']);
export type SeriesId = z.output<typeof SeriesId>;

const perYear = '{year}';

export const SeriesFields = z.strictObject({
  prefix: z
    .string()
    .max(40)
    .regex(/^([\p{L}\p{N} ._/-]|\{year\})*$/u, 'may have letters, digits, spaces, . _ / - and {year}')
    .describe('before the number; with {year} the numbers begin again each year'),
  digits: z.int().min(1).max(12).default(5).describe('the number has as many, with zeros before it'),
  startsAt: z.int().min(1).max(1_000_000_000).default(1),
});

/** How documents are numbered: one after the other, without gaps. */
export const Series = z.object({ id: SeriesId, ...SeriesFields.shape, ...stamps });
export type Series = z.output<typeof Series>;

export const serieses = entity('number-series', Series, { onErase: 'not-personal' });

const Counter = z.object({ id: z.string(), last: z.int(), version: z.int() });

export const counters = entity('number-counter', Counter, { onErase: 'not-personal' });

const prefixes: Record<SeriesId, string> = {
  ...{ quote: 'Q-{year}-', order: 'O-{year}-', invoice: 'I-{year}-' },
  creditNote: 'C-{year}-',
};
const epoch = '1970-01-01T00:00:00.000Z';

/** the series that is set, or the one that is built in */
export const seriesById = async (store: Store, id: SeriesId): Promise<Series> =>
  (await store.get(serieses, { id })) ?? {
    ...{ id, prefix: prefixes[id], digits: 5, startsAt: 1 },
    ...{ version: 1, createdAt: epoch, updatedAt: epoch },
  };

const mostTaken = 50;

/**
 * The next number of a series, and the change that takes it: in the transaction of what bears the number, so that none is lost
 * and none is given twice. `isTaken`: another system's number, which is passed over.
 */
export const nextNumber = async (
  { store, now }: { store: Store; now: string },
  id: SeriesId,
  isTaken: (number: string) => Promise<boolean> = async () => false,
): Promise<{ number: string; change: Change }> => {
  const { prefix, digits, startsAt } = await seriesById(store, id);
  const year = prefix.includes(perYear) ? now.slice(0, 'YYYY'.length) : 'all';
  const key = { id: `${id}#${year}` };
  const before = await store.get(counters, key);
  const written = (nth: number) => `${prefix.replaceAll(perYear, year)}${String(nth).padStart(digits, '0')}`;
  let last = before ? before.last + 1 : startsAt;
  for (let tries = 0; tries < mostTaken && (await isTaken(written(last))); tries++) last++;
  const after = { ...key, last, version: (before?.version ?? 0) + 1 };
  return { number: written(last), change: save(counters, before, after) };
};
