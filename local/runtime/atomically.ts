import type { DatabaseSync } from 'node:sqlite';

/** Runs the synchronous `work` in one transaction of `db`, or in the one already under way. */
export const atomically = <T>(db: DatabaseSync, work: () => T): T => {
  if (db.isTransaction) return work();
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
};
