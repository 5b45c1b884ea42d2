import { lotOf } from '../shared/lot.ts';

export const usualControl = { percent: 5 };

/** The same customers for every campaign; a larger share contains the smaller. Pure. */
export const isInControl = (customerId: string, { percent } = usualControl): boolean =>
  lotOf(`global-control ${customerId}`) < percent / 100;
