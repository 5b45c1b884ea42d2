import { Refusal } from './refusal.ts';

/** A place in a list, opaque to clients. */
export const cursorOf = (place: string) => Buffer.from(place).toString('base64url');

export const readCursor = (cursor: string) => {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (!place || cursorOf(place) !== cursor) {
    throw new Refusal('malformed', 'cursor.malformed', 'this cursor was not given out by this list');
  }
  return place;
};
