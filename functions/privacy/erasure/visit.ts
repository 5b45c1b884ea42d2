import * as z from 'zod';
import { type Change, put } from '../../shared/store/changes.ts';
import { entity, type Place } from '../../shared/store/entity.ts';

const Of = z.tuple([z.string(), z.string()]);

/** Somewhere that an erasure has still to go through, and how far it is there. */
const Where = z.discriminatedUnion('find', [
  z.object({
    find: z.literal('partition'),
    of: Of,
    /** only events about this */
    about: z.string().optional(),
    after: z.string().optional(),
  }),
  z.object({ find: z.literal('filed'), customerId: z.string(), at: z.unknown().optional() }),
  z.object({ find: z.literal('listed'), kind: z.string(), customerId: z.string(), cursor: z.string().optional() }),
  z.object({ find: z.literal('traces'), of: Of, subject: z.string(), after: z.string().optional() }),
  z.object({ find: z.literal('files'), folder: z.string(), short: z.boolean() }),
]);
export type Where = z.output<typeof Where>;

export const Visit = z.object({ erasureId: z.string(), id: z.string(), where: Where });
export type Visit = z.output<typeof Visit>;

/** what is still to be visited lies together, and is gone when the erasure is done */
export const visits = entity('erasing', Visit, {
  onErase: 'not-personal',
  key: ({ erasureId, id }: { erasureId: string; id: string }) => ({ of: ['erasing', erasureId], part: id }),
});

/** the same place is visited once, whoever finds it */
const nameOf = (where: Where) => {
  if (where.find === 'partition') return [...where.of, where.about ?? ''].join(' ');
  if (where.find === 'traces') return `${where.of.join(' ')} ${where.subject}`;
  if (where.find === 'files') return `${where.short} ${where.folder}`;
  return where.find === 'listed' ? `${where.kind} ${where.customerId}` : where.customerId;
};

export const visitOf = (erasureId: string, where: Where): Visit => ({
  erasureId,
  id: `${where.find} ${nameOf(where)}`,
  where,
});

/** notes that something is to be gone through */
export const toVisit = (erasureId: string, where: Where): Change => put(visits, visitOf(erasureId, where));

export const partition = (of: Place['of']): Where => ({ find: 'partition', of });
