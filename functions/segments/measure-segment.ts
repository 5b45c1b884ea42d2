import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { put } from '../shared/store/changes.ts';
import { dayOf } from '../shared/time/duration.ts';
import { subscriptions } from './contract.ts';
import { later, schemesByIds } from './scheme.ts';
import { dayAfter, measureAfter, segmentDays, sizeOf } from './size.ts';

const mostItems = 90;

/** the days that ended since the one before an instant */
const endedDays = (since: string, now: string): string[] => {
  const days: string[] = [];
  for (let day = dayOf(new Date(Date.parse(since) - 1).toISOString()); day < dayOf(now); day = dayAfter(day))
    days.push(day);
  return days;
};

/** Stores the sizes of a segment, or of the classes of a segmentation. A late timer is of all days that it missed. */
const measureSegment: Reaction<typeof subscriptions.measureSegment> = async ({ about, occurredAt }, ctx) => {
  const now = later(ctx.now, occurredAt);
  const [scheme] = await schemesByIds(ctx.store, [about]);
  if (!scheme) return;
  const sizes = await Promise.all(
    scheme.classes.map(async ({ segmentId }) => ({ segmentId, size: await sizeOf(ctx.store, segmentId) })),
  );
  const days = endedDays(occurredAt, now).slice(-Math.floor(mostItems / sizes.length));
  await ctx.store.commit([
    ...days.flatMap(day => sizes.map(one => put(segmentDays, { ...one, day }))),
    measureAfter(now, about),
  ]);
};

export const reaction = consume('measureSegment', subscriptions.measureSegment, measureSegment);
