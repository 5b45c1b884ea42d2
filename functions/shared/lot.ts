import { createHash } from 'node:crypto';

/** A number from 0 to 1 that belongs to a text; `nth`: another one, which does not depend on the first. */
export const lotOf = (text: string, nth = 0) =>
  createHash('sha256')
    .update(text)
    .digest()
    .readUInt32BE(4 * nth) /
  2 ** 32;
