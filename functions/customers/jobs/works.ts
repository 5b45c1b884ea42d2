import { fileAttributes } from '../attributes/file-attributes.ts';
import { importWork } from '../import/import-work.ts';
import { clearList } from '../lists/clear-list.ts';
import { moveWork } from '../matching/move.ts';
import type { Work } from './work.ts';

/** every kind of work, by the name that its jobs carry */
export const works: Record<string, Work> = {
  'clear-list': clearList,
  'file-attributes': fileAttributes,
  import: importWork,
  merge: moveWork('merge'),
  unmerge: moveWork('unmerge'),
};
