import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Takes the data folder for this process; throws when another running process has it. The lock is SQLite's on a file, which
 * the operating system releases however the process ends. Returns what releases it.
 */
export const lockFolder = (dir: string): (() => void) => {
  const owner = join(dir, 'owner');
  const db = new DatabaseSync(join(dir, 'lock'));
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch {
    db.close();
    let pid = 'another process';
    try {
      pid = `process ${readFileSync(owner, 'utf8').trim()}`;
    } catch {}
    throw new Error(`the data folder ${dir} is in use by ${pid}: stop it, or name another folder with --data`);
  }
  writeFileSync(owner, `${process.pid}\n`);
  return () => db.close();
};
