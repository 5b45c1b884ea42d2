import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lockFolder } from './lock.ts';

export type State = { dir: string; db: DatabaseSync; close(): void };

const folderFor = (dataDir: string, memory: boolean) => {
  if (memory) return mkdtempSync(join(tmpdir(), 'local-stack-'));
  try {
    mkdirSync(dataDir, { recursive: true });
    return dataDir;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`the data folder ${dataDir} cannot be made (${code}): name another with --data`);
  }
};

const open = (dir: string) => {
  const release = lockFolder(dir);
  const db = new DatabaseSync(join(dir, 'runtime.db'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  return { db, release };
};

/** Notes whose data the folder contains; refuses the folder of another stack, whose tables have other names. */
export const claimFor = ({ dir, db }: Pick<State, 'dir' | 'db'>, stackName: string) => {
  db.exec('CREATE TABLE IF NOT EXISTS stack (name TEXT NOT NULL)');
  const owner = db.prepare('SELECT name FROM stack').get()?.name;
  if (owner === undefined) db.prepare('INSERT INTO stack VALUES (?)').run(stackName);
  else if (owner !== stackName)
    throw new Error(
      `the data folder ${dir} belongs to the stack ${owner}, not to ${stackName}: name another with --data`,
    );
};

/** Opens the runtime's state in `dataDir`, or in a folder that goes away with it. Throws with what to do. */
export const openState = (dataDir: string, memory: boolean): State => {
  const dir = folderFor(dataDir, memory);
  try {
    const { db, release } = open(dir);
    const close = () => {
      db.close();
      release();
      if (memory) rmSync(dir, { recursive: true, force: true });
    };
    return { dir, db, close };
  } catch (error) {
    const { message, code = '' } = error as NodeJS.ErrnoException;
    if (!['ERR_SQLITE_ERROR', 'EACCES', 'EROFS', 'ENOTDIR'].includes(code)) throw error;
    throw new Error(
      `the data folder ${dir} cannot be used (${message}): make it writable, remove it, or name another with --data`,
    );
  }
};
