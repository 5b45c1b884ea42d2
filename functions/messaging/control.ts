import { createHash } from 'node:crypto';

export const usualControl = { percent: 5 };

/** The same customers for every campaign; a larger share contains the smaller. Pure. */
export const isInControl = (customerId: string, { percent } = usualControl): boolean =>
  createHash('sha256').update(`global-control ${customerId}`).digest().readUInt32BE() < (percent / 100) * 2 ** 32;
