import { fileAttributes } from '../attributes/file-attributes.ts';
import { exportWork } from '../export/export-work.ts';
import { importWork } from '../import/import-work.ts';
import { clearList } from '../lists/clear-list.ts';
import { moveWork } from '../matching/move.ts';
import { searchKind } from '../matching/search-started.ts';
import { searchWork } from '../matching/search-work.ts';
import type { Work } from './work.ts';

/** every kind of work, by the name that its jobs carry */
export const works: Record<string, Work> = {
  'clear-list': clearList,
  'file-attributes': fileAttributes,
  import: importWork,
  export: exportWork,
  [searchKind]: searchWork,
  merge: moveWork('merge'),
  unmerge: moveWork('unmerge'),
};
