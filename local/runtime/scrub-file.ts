import type { DatabaseSync } from 'node:sqlite';

/** Rewrites a database without the rows that were deleted, whose bytes stay in free pages and in the log until then. */
export const scrubFile = (db: DatabaseSync) => {
  db.exec('VACUUM');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
};
