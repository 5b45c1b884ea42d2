import * as z from 'zod';
import { type Change, put } from '../../shared/store/changes.ts';
import { entity, type Place } from '../../shared/store/entity.ts';

const Of = z.tuple([z.string(), z.string()]);

/** Where data of a customer may be stored, and how far it is read. */
const Location = z.discriminatedUnion('find', [
  z.object({
    find: z.literal('partition'),
    of: Of,
    /** only events about this */
    about: z.string().optional(),
    after: z.string().optional(),
  }),
  z.object({ find: z.literal('filed'), customerId: z.string(), after: z.unknown().optional() }),
  z.object({ find: z.literal('listed'), kind: z.string(), customerId: z.string(), after: z.string().optional() }),
  z.object({ find: z.literal('traces'), of: Of, subject: z.string(), after: z.string().optional() }),
  z.object({ find: z.literal('files'), folder: z.string(), short: z.boolean() }),
]);
export type Location = z.output<typeof Location>;

export const PendingLocation = z.object({ erasureId: z.string(), id: z.string(), where: Location });
export type PendingLocation = z.output<typeof PendingLocation>;

export const pendingLocations = entity('erasing', PendingLocation, {
  onErase: 'not-personal',
  key: ({ erasureId, id }: { erasureId: string; id: string }) => ({ of: ['erasing', erasureId], part: id }),
});

/** a location that is to be erased; its id is what it is, without how far it is read */
export const pendingAt = (erasureId: string, where: Location): PendingLocation => {
  const { after: _, ...what } = { after: undefined, ...where };
  return { erasureId, id: Object.values(what).join(' '), where };
};

export const pending = (erasureId: string, where: Location): Change =>
  put(pendingLocations, pendingAt(erasureId, where));

export const partition = (of: Place['of']): Location => ({ find: 'partition', of });
