import { conflict } from '../shared/http/api-error.ts';

export const tooManySegments = conflict('segment.too-many', 'A company has at most 500 segments. Delete one first.');
export const segmentInUse = conflict('segment.in-use');
export const segmentIsClass = conflict(
  'segment.is-class',
  'This segment is a class of a segmentation. Change or delete the segmentation.',
);
