import type { StatementSync } from 'node:sqlite';
import type { Platform } from '../service.ts';

export type Execution = {
  arn: string;
  machine: string;
  name: string;
  definition: string;
  role: string | null;
  input: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  output: string | null;
  error: string | null;
  cause: string | null;
  started: number;
  stopped: number | null;
  /** when the execution as a whole times out */
  due: number | null;
};
/**
 * One line of progress through a machine: the execution itself, or a branch or iteration inside it.
 * run: the state is to be done · wait: until `due` · token: until somebody answers · children: until they are done ·
 * queued: an iteration not yet begun · done: a branch that ended, with its output as input
 */
export type Thread = {
  id: number;
  execution: string;
  parent: number | null;
  idx: number;
  path: string;
  item: string | null;
  state: string;
  input: string;
  entered: number;
  attempts: string;
  phase: 'run' | 'wait' | 'token' | 'children' | 'queued' | 'done';
  due: number | null;
  token: string | null;
  /** what came back while the thread waited: a JSON `Answer` */
  answer: string | null;
};
/** a result, or an error; neither for a wait that is over */
export type Answer = { output?: unknown; error?: string; cause?: string };

const schema = `
CREATE TABLE IF NOT EXISTS states_definitions (hash TEXT PRIMARY KEY, body TEXT);
CREATE TABLE IF NOT EXISTS states_executions (arn TEXT PRIMARY KEY, machine TEXT, name TEXT, definition TEXT, role TEXT,
  input TEXT, status TEXT, output TEXT, error TEXT, cause TEXT, started INTEGER, stopped INTEGER, due INTEGER);
CREATE INDEX IF NOT EXISTS states_by_machine ON states_executions(machine, started);
CREATE INDEX IF NOT EXISTS states_ending ON states_executions(due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS states_ended ON states_executions(stopped) WHERE stopped IS NOT NULL;
CREATE TABLE IF NOT EXISTS states_threads (id INTEGER PRIMARY KEY AUTOINCREMENT, execution TEXT, parent INTEGER, idx INTEGER,
  path TEXT, item TEXT, state TEXT, input TEXT, entered INTEGER, attempts TEXT, phase TEXT, due INTEGER, token TEXT, answer TEXT);
CREATE INDEX IF NOT EXISTS states_children ON states_threads(parent, phase, idx) WHERE parent IS NOT NULL;
CREATE INDEX IF NOT EXISTS states_of_execution ON states_threads(execution);
CREATE INDEX IF NOT EXISTS states_due ON states_threads(due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS states_running ON states_threads(phase) WHERE phase='run';
CREATE UNIQUE INDEX IF NOT EXISTS states_token ON states_threads(token) WHERE token IS NOT NULL;
CREATE TABLE IF NOT EXISTS states_history (execution TEXT, id INTEGER, time INTEGER, type TEXT, details TEXT, PRIMARY KEY (execution, id)) WITHOUT ROWID;`;

const below = `WITH RECURSIVE below(id) AS (SELECT id FROM states_threads WHERE parent=?
  UNION ALL SELECT t.id FROM states_threads t JOIN below ON t.parent=below.id)`;

/** Executions, their threads and their history, kept in sqlite. */
export const openExecutions = ({ db, clock }: Platform) => {
  db.exec(schema);
  const prepared = new Map<string, StatementSync>();
  const sql = (text: string) => {
    let statement = prepared.get(text);
    if (!statement) {
      statement = db.prepare(text);
      prepared.set(text, statement);
    }
    return statement;
  };
  const one = sql('SELECT * FROM states_executions WHERE arn=?');
  const insert = sql('INSERT INTO states_executions VALUES (?,?,?,?,?,?,?,NULL,NULL,NULL,?,NULL,?)');
  const finish = sql(
    'UPDATE states_executions SET status=?, output=?, error=?, cause=?, stopped=?, due=NULL WHERE arn=?',
  );
  const thread = sql('SELECT * FROM states_threads WHERE id=?');
  const insertThread =
    sql(`INSERT INTO states_threads (execution, parent, idx, path, item, state, input, entered, attempts, phase, token)
    VALUES (?,?,?,?,?,?,?,?,'[]',?,?)`);
  const save = sql(
    'UPDATE states_threads SET state=?, input=?, entered=?, attempts=?, phase=?, due=?, token=?, answer=? WHERE id=?',
  );
  const note = sql(
    `INSERT INTO states_history VALUES (?, (SELECT coalesce(max(id),0)+1 FROM states_history WHERE execution=?), ?, ?, ?)`,
  );
  const dueThreads = sql('SELECT * FROM states_threads WHERE due<=? ORDER BY due, id LIMIT 500');
  const dueExecutions = sql('SELECT arn FROM states_executions WHERE due<=? LIMIT 500');
  const nextDue = sql(
    'SELECT min(t) AS due FROM (SELECT min(due) AS t FROM states_threads WHERE due IS NOT NULL UNION ALL SELECT min(due) FROM states_executions WHERE due IS NOT NULL)',
  );
  const running = sql("SELECT id FROM states_threads WHERE phase='run' ORDER BY id");
  const countDue = sql(
    "SELECT (SELECT count(*) FROM states_threads WHERE phase='run') + (SELECT count(*) FROM states_threads WHERE due<=?) AS n",
  );

  return {
    define: (hash: string, body: string) =>
      sql('INSERT OR IGNORE INTO states_definitions VALUES (?,?)').run(hash, body),
    definition: (hash: string) =>
      (sql('SELECT body FROM states_definitions WHERE hash=?').get(hash) as { body: string } | undefined)?.body,
    find: (arn: string) => one.get(arn) as Execution | undefined,
    add: (e: Pick<Execution, 'arn' | 'machine' | 'name' | 'definition' | 'role' | 'input' | 'due'>) =>
      insert.run(e.arn, e.machine, e.name, e.definition, e.role, e.input, 'RUNNING', clock.now(), e.due),
    finish(
      arn: string,
      status: Execution['status'],
      { output = null, error = null, cause = null }: Partial<Execution>,
    ) {
      finish.run(status, output, error, cause, clock.now(), arn);
      sql('DELETE FROM states_threads WHERE execution=?').run(arn);
    },
    thread: (id: number) => thread.get(id) as Thread | undefined,
    addThread(
      t: Pick<Thread, 'execution' | 'parent' | 'idx' | 'path' | 'item' | 'state' | 'input' | 'phase' | 'token'>,
    ) {
      const { execution, parent, idx, path, item, state, input, phase, token } = t;
      return Number(
        insertThread.run(execution, parent, idx, path, item, state, input, clock.now(), phase, token).lastInsertRowid,
      );
    },
    save: (t: Thread) => save.run(t.state, t.input, t.entered, t.attempts, t.phase, t.due, t.token, t.answer, t.id),
    byToken: (token: string) => sql('SELECT * FROM states_threads WHERE token=?').get(token) as Thread | undefined,
    children: (parent: number) =>
      sql('SELECT * FROM states_threads WHERE parent=? ORDER BY idx').all(parent) as Thread[],
    undone: (parent: number) =>
      Boolean(sql("SELECT 1 FROM states_threads WHERE parent=? AND phase<>'done' LIMIT 1").get(parent)),
    nextQueued: (parent: number) =>
      sql("SELECT * FROM states_threads WHERE parent=? AND phase='queued' ORDER BY idx LIMIT 1").get(parent) as
        | Thread
        | undefined,
    removeBelow: (id: number) => sql(`${below} DELETE FROM states_threads WHERE id IN below`).run(id),
    dueThreads: () => dueThreads.all(clock.now()) as Thread[],
    dueExecutions: () => (dueExecutions.all(clock.now()) as { arn: string }[]).map(({ arn }) => arn),
    nextDue: () => (nextDue.get() as { due: number | null }).due,
    running: () => (running.all() as { id: number }[]).map(({ id }) => id),
    countDue: () => (countDue.get(clock.now()) as { n: number }).n,
    note: (execution: string, type: string, details: object) =>
      note.run(execution, execution, clock.now(), type, JSON.stringify(details)),
    history: (execution: string) =>
      sql('SELECT id, time, type, details FROM states_history WHERE execution=? ORDER BY id').all(execution) as {
        id: number;
        time: number;
        type: string;
        details: string;
      }[],
    list(machine: string, status: string | undefined, limit: number, offset: number) {
      const rows = sql(
        'SELECT * FROM states_executions WHERE machine=? AND (? IS NULL OR status=?) ORDER BY started DESC, rowid DESC LIMIT ? OFFSET ?',
      ).all(machine, status ?? null, status ?? null, limit, offset);
      return rows as Execution[];
    },
    /** AWS keeps ended executions for 90 days */
    forgetEnded() {
      const limit = clock.now() - 90 * 86_400_000;
      sql('DELETE FROM states_history WHERE execution IN (SELECT arn FROM states_executions WHERE stopped<?)').run(
        limit,
      );
      sql('DELETE FROM states_executions WHERE stopped<?').run(limit);
    },
  };
};
export type Executions = ReturnType<typeof openExecutions>;
