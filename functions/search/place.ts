import { badCursor, cursorOf, readCursor } from '../shared/store/cursor.ts';
import type { At } from './walk.ts';

/** How far a search has come: on its ways, or among those that are only like what was asked; and how many it has shown. */
export type Place = { shown: number; on: At } | { shown: number; like: { similarity: number; id: string } };

const onWay = /^(?<shown>\d{1,9}) (?<way>\d{1,3}) (?<place>.*)$/s;
const amongLike = /^(?<shown>\d{1,9}) ~(?<similarity>[01]\.?\d*) (?<id>\w+)$/;

export const placeCursor = (place: Place) =>
  cursorOf(
    'on' in place
      ? `${place.shown} ${place.on.way} ${place.on.place ?? ''}`
      : `${place.shown} ~${place.like.similarity} ${place.like.id}`,
  );

export const readPlace = (cursor: string, ways: number): Place => {
  const text = readCursor(cursor);
  const on = onWay.exec(text)?.groups;
  if (on && Number(on.way) < ways) {
    return { shown: Number(on.shown), on: { way: Number(on.way), place: on.place || undefined } };
  }
  const like = amongLike.exec(text)?.groups;
  if (!like) throw badCursor();
  return { shown: Number(like.shown), like: { similarity: Number(like.similarity), id: like.id ?? '' } };
};
