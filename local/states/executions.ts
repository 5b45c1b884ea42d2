import type { Platform } from '../runtime/service.ts';

type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** One execution and where it stands: `data` is the input of `state`, which is to be done at once or at `due`. */
export type Execution = {
  arn: string;
  machine: string;
  name: string;
  definition: string;
  input: string;
  status: Status;
  output: string | null;
  error: string | null;
  cause: string | null;
  started: number;
  stopped: number | null;
  state: string;
  data: string;
  attempts: string;
  due: number | null;
};

const schema = `
CREATE TABLE IF NOT EXISTS execution_definitions (hash TEXT PRIMARY KEY, body TEXT);
CREATE TABLE IF NOT EXISTS executions (arn TEXT PRIMARY KEY, machine TEXT, name TEXT, definition TEXT, input TEXT,
  status TEXT, output TEXT, error TEXT, cause TEXT, started INTEGER, stopped INTEGER, state TEXT, data TEXT,
  attempts TEXT, due INTEGER);
CREATE INDEX IF NOT EXISTS executions_by_machine ON executions(machine, started);
CREATE INDEX IF NOT EXISTS executions_due ON executions(due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS executions_stopped ON executions(stopped) WHERE stopped IS NOT NULL;
CREATE TABLE IF NOT EXISTS execution_history (execution TEXT, id INTEGER, time INTEGER, type TEXT, details TEXT,
  PRIMARY KEY (execution, id)) WITHOUT ROWID;`;

/** executions are stored for 90 days after they ended, as on AWS */
const storedFor = 90 * 86_400_000;

export const openExecutions = ({ db, clock }: Platform) => {
  db.exec(schema);
  const find = db.prepare('SELECT * FROM executions WHERE arn=?');
  const insert = db.prepare("INSERT INTO executions VALUES (?,?,?,?,?,'RUNNING',NULL,NULL,NULL,?,NULL,?,?,'[]',?)");
  const move = db.prepare('UPDATE executions SET state=?, data=?, attempts=?, due=? WHERE arn=?');
  const finish = db.prepare(
    'UPDATE executions SET status=?, output=?, error=?, cause=?, stopped=?, due=NULL WHERE arn=?',
  );
  const note = db.prepare(
    'INSERT INTO execution_history VALUES (?, (SELECT coalesce(max(id),0)+1 FROM execution_history WHERE execution=?), ?, ?, ?)',
  );
  const due = db.prepare('SELECT arn, input FROM executions WHERE due<=? ORDER BY due');
  const nextDue = db.prepare('SELECT min(due) AS due FROM executions WHERE due>?');
  const list = db.prepare(
    `SELECT * FROM executions WHERE machine=? AND (? IS NULL OR status=?) ORDER BY started DESC, rowid DESC LIMIT ? OFFSET ?`,
  );
  const history = db.prepare('SELECT id, time, type, details FROM execution_history WHERE execution=? ORDER BY id');
  const define = db.prepare('INSERT OR IGNORE INTO execution_definitions VALUES (?,?)');
  const definition = db.prepare('SELECT body FROM execution_definitions WHERE hash=?');

  return {
    define: (hash: string, body: string) => void define.run(hash, body),
    definition: (hash: string) => definition.get(hash)!.body as string,
    find: (arn: string) => find.get(arn) as Execution | undefined,
    add(one: Pick<Execution, 'arn' | 'machine' | 'name' | 'definition' | 'input' | 'state'>) {
      const now = clock.now();
      insert.run(one.arn, one.machine, one.name, one.definition, one.input, now, one.state, one.input, now);
    },
    move: (arn: string, { state, data, attempts, due }: Pick<Execution, 'state' | 'data' | 'attempts' | 'due'>) =>
      void move.run(state, data, attempts, due, arn),
    finish(arn: string, status: Status, given: { output?: string; error?: string; cause?: string }) {
      const { output = null, error = null, cause = null } = given;
      finish.run(status, output, error, cause, clock.now(), arn);
    },
    due: () => due.all(clock.now()) as { arn: string; input: string }[],
    nextDue: () => nextDue.get(clock.now())!.due as number | null,
    note: (arn: string, type: string, details: object) =>
      void note.run(arn, arn, clock.now(), type, JSON.stringify(details)),
    history: (arn: string) => history.all(arn) as { id: number; time: number; type: string; details: string }[],
    list: (machine: string, status: string | null, limit: number, offset: number) =>
      list.all(machine, status, status, limit, offset) as Execution[],
    removeOld() {
      const before = clock.now() - storedFor;
      db.prepare('DELETE FROM execution_history WHERE execution IN (SELECT arn FROM executions WHERE stopped<?)').run(
        before,
      );
      db.prepare('DELETE FROM executions WHERE stopped<?').run(before);
    },
  };
};

export type Executions = ReturnType<typeof openExecutions>;
