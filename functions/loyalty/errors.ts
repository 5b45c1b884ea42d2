import { conflict } from '../shared/http/api-error.ts';

export const notEnoughPoints = conflict('points.not-enough', 'There are not enough points.');
export const referenceTaken = conflict(
  'points.reference-taken',
  'Other points were posted under this reference. Use another reference.',
);
export const holdMissing = conflict('points.hold-missing', 'No points are held under this reference.');
