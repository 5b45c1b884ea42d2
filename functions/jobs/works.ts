import { computeKind, withdrawKind } from '../computed-attributes/compute-jobs.ts';
import { computeWork, withdrawWork } from '../computed-attributes/compute-work.ts';
import { fileAttributes } from '../customers/attributes/file-attributes.ts';
import { hygieneWork } from '../data-quality/hygiene/hygiene-work.ts';
import { reportWork } from '../data-quality/report/report-work.ts';
import { exportWork } from '../exports/export-work.ts';
import { importWork } from '../imports/import-work.ts';
import { bulkWork } from '../lists/bulk/bulk-work.ts';
import { undoWork } from '../lists/bulk/undo-work.ts';
import { clearList } from '../lists/clear-list.ts';
import { searchKind, searchWork } from '../matching/search-work.ts';
import { moveWork } from '../merging/move-job.ts';
import { applyRetention } from '../privacy/apply-retention.ts';
import { eraseWork } from '../privacy/erasure/erase-work.ts';
import { purposeReport } from '../privacy/purpose-report.ts';
import { retentionNights } from '../privacy/retention-nights.ts';
import type { Work } from '../shared/jobs/work.ts';

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
