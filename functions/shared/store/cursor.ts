import { cursorMalformed } from '../http/errors.ts';
import { isBetween } from './reach.ts';

export const cursorOf = (place: string) => Buffer.from(place).toString('base64url');

/** the place that a cursor names; throws for one that is not of this list, which `within` bounds */
export const readCursor = (cursor: string, within?: { from: string; to: string }) => {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (!place || cursorOf(place) !== cursor || (within && !isBetween(place, within))) {
    throw cursorMalformed();
  }
  return place;
};
