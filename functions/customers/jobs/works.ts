import { computeKind, withdrawKind } from '../attributes/computed/begin.ts';
import { computeWork } from '../attributes/computed/compute-work.ts';
import { withdrawWork } from '../attributes/computed/withdraw-work.ts';
import { fileAttributes } from '../attributes/file-attributes.ts';
import { exportWork } from '../export/export-work.ts';
import { importWork } from '../import/import-work.ts';
import { bulkWork } from '../lists/bulk/bulk-work.ts';
import { undoWork } from '../lists/bulk/undo-work.ts';
import { clearList } from '../lists/clear-list.ts';
import { moveWork } from '../matching/move.ts';
import { searchKind } from '../matching/search-started.ts';
import { searchWork } from '../matching/search-work.ts';
import { applyRetention } from '../privacy/apply-retention.ts';
import { eraseWork } from '../privacy/erasure/erase-work.ts';
import { purposeReport } from '../privacy/purpose-report.ts';
import { retentionNights } from '../privacy/retention-nights.ts';
import { hygieneWork } from '../quality/hygiene/hygiene-work.ts';
import { reportWork } from '../quality/report/report-work.ts';
import type { Work } from './work.ts';

/** every kind of work, by the name that its jobs carry */
export const works: Record<string, Work> = {
  bulk: bulkWork,
  'bulk-undo': undoWork,
  'clear-list': clearList,
  [computeKind]: computeWork,
  erase: eraseWork,
  'file-attributes': fileAttributes,
  hygiene: hygieneWork,
  import: importWork,
  export: exportWork,
  [searchKind]: searchWork,
  merge: moveWork('merge'),
  'quality-report': reportWork,
  unmerge: moveWork('unmerge'),
  'purpose-report': purposeReport,
  retention: applyRetention,
  'retention-nights': retentionNights,
  [withdrawKind]: withdrawWork,
};
