import { importFailed } from '../../events/import.ts';
import { startSearch } from '../matching/search-work.ts';
import type { Work } from '../shared/jobs/work.ts';
import { emit } from '../shared/store/changes.ts';
import { gatherErrors } from './gather-errors.ts';
import { type Cursor, type ImportFields, saidOf } from './import.ts';
import { recordsOf } from './records/record-paths.ts';
import { recordsSlice } from './records/records-slice.ts';
import { rowsSlice } from './rows-slice.ts';
import { takeBackSlice } from './take-back.ts';

/** Brings the rows of a file in, some hundreds a slice, then makes one file of what was wrong with them. */
export const importWork: Work = {
  slice: (job, ctx) => {
    if ((job.cursor as Cursor).gathering) return gatherErrors(job, ctx);
    const { format, of } = job.input as ImportFields;
    if (format === 'rapport') return takeBackSlice(job, ctx);
    return recordsOf(of) ? recordsSlice(job, ctx) : rowsSlice(job, ctx);
  },
  failed: (job, problem) => [
    emit(importFailed, { about: job.id, data: { ...saidOf(job), rows: job.counts, problem } }),
  ],
  // what came in is compared, even where a slice did not get to that
  left: ({ input, state, counts }, ctx) => {
    const { format, of, dryRun } = input as ImportFields;
    const ofCustomers = format !== 'rapport' && !recordsOf(of);
    const mayHaveWritten = (state === 'cancelled' || counts.read) && ofCustomers && !dryRun;
    return mayHaveWritten ? startSearch(ctx).changes : [];
  },
};
