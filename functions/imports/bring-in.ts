import type { StoredCustomer } from '../customers/customer.ts';
import { isConflict } from '../shared/store/retry-on-conflict.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import type { Import } from './decide-row.ts';
import { type DecidedRows, decideRows, type Made } from './decide-rows.ts';
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
 * Gives what became of each row, and the customers that they made or changed, now or before a crash.
 */
export const bringIn = async (rows: ToldRow[], how: Import, ground: Ground) => {
  const outcomes: DecidedRows['outcomes'] = new Map();
  const touched = new Map<string, StoredCustomer>();
  let left = rows;
  for (let attempt = 1; left.length; attempt++) {
    if (attempt > mostAttempts) throw new VersionConflict('others keep changing the customers of these rows');
    const { made, outcomes: told } = decideRows(left, how, await lookUp(ground, left, how, attempt > 1));
    for (const [line, outcome] of told) outcomes.set(line, outcome);
    const writing = [...made.values()].filter(isNew);
    const failures = await ground.write(writing);
    const fault = failures.find(failure => failure !== undefined && !isConflict(failure));
    if (fault !== undefined) throw fault;
    const lost = writing.filter((_, nth) => failures[nth] !== undefined);
    for (const one of made.values()) if (one.touched && !lost.includes(one)) touched.set(one.after.id, one.after);
    left = lost.flatMap(one => one.rows).sort((a, b) => a.line - b.line);
  }
  return { outcomes, touched: [...touched.values()] };
};
