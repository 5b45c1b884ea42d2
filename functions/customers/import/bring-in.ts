import { isLost } from '../../shared/decide-again.ts';
import { Changed } from '../../shared/transaction.ts';
import { type DecidedRows, decideRows, type Import, type Made } from './decide-rows.ts';
import type { Ground } from './ground.ts';
import { type Known, spelt } from './known.ts';
import type { ToldRow } from './told-row.ts';
import { keysOfRow } from './whose-row.ts';

const mostAttempts = 6;

/** Whom rows may be about. `own`: also who was made for them before a crash. */
const lookUp = async (ground: Ground, rows: ToldRow[], how: Import, own: boolean): Promise<Known> => {
  const usable = rows.filter(({ failed }) => !failed);
  const keys = [...new Map(usable.flatMap(row => keysOfRow(row, how)).map(key => [spelt(key), key])).values()];
  const [held, erased] = await Promise.all([ground.holders(keys), ground.erased(keys)]);
  const ids = new Set([...held.flatMap(id => id ?? []), ...(own ? usable.map(({ line }) => how.idOf(line)) : [])]);
  return {
    holders: new Map(keys.map((key, nth) => [spelt(key), held[nth] as Made['after']['id'] | undefined])),
    customers: await ground.customers([...ids]),
    erased: new Set(erased.map(spelt)),
  };
};

const isNew = ({ before, after }: Made) => after !== before;

/**
 * Makes customers of rows: looks them up, decides, writes. What somebody else was faster with is looked up and decided again.
 * Gives what became of each row, and the customers as they are written.
 */
export const bringIn = async (rows: ToldRow[], how: Import, ground: Ground) => {
  const outcomes: DecidedRows['outcomes'] = new Map();
  const written: Made[] = [];
  let left = rows;
  for (let attempt = 1; left.length; attempt++) {
    if (attempt > mostAttempts) throw new Changed('others keep changing the customers of these rows');
    const decided = decideRows(left, how, await lookUp(ground, left, how, attempt > 1));
    for (const [line, outcome] of decided.outcomes) outcomes.set(line, outcome);
    const made = [...decided.made.values()].filter(isNew);
    const failures = await ground.write(made);
    const fault = failures.find(failure => failure !== undefined && !isLost(failure));
    if (fault !== undefined) throw fault;
    written.push(...made.filter((_, nth) => failures[nth] === undefined));
    left = made.flatMap((one, nth) => (failures[nth] === undefined ? [] : one.rows)).sort((a, b) => a.line - b.line);
  }
  return { outcomes, written };
};
