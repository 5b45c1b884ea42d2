import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Change } from '../functions/shared/store/changes.ts';
import type { Item } from '../functions/shared/store/entity.ts';
import { stepsOf } from '../functions/shared/store/transaction.ts';
import type { Engine } from '../local/dynamodb/engine.ts';

const bytes = (text: string) => Buffer.byteLength(text);

const sum = (sizes: number[]) => sizes.reduce((all, size) => all + size, 0);

/** what a value counts for, as DynamoDB says in its developer guide */
const sizeOf = (value: AttributeValue): number => {
  if (value.S !== undefined) return bytes(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.replace(/[-.]/g, '').length / 2) + 1;
  if (value.L) return 3 + sum(value.L.map(one => sizeOf(one) + 1));
  if (value.M) return 3 + sum(Object.entries(value.M).map(([name, one]) => bytes(name) + sizeOf(one) + 1));
  return 1;
};

const itemsOf = (change: Change, tableName: string) =>
  stepsOf({ tenant: 'bench', actor: 'bench', now: '2026-11-22T08:00:00.000Z', tableName }, change).map(
    ({ write }) => write.Put?.Item as Item,
  );

const indexes = ['gsi1', 'gsi2', 'gsi3'];

/**
 * Puts what changes would write where the engine keeps it, without asking the engine: through its door a million items are an
 * hour's work. Conditions are not checked.
 */
export const pour = ({ db }: Engine, tableName: string, changes: Change[]) => {
  if (!db) throw new Error('the engine does not run here');
  const own = db.prepare(`INSERT OR REPLACE INTO "${tableName}" (pk, sk, item_json, item_size) VALUES (?, ?, ?, ?)`);
  const other = indexes.map(index =>
    db.prepare(
      `INSERT OR REPLACE INTO "${tableName}::gsi::${index}" (gsi_pk, gsi_sk, table_pk, table_sk, item_json) VALUES (?, ?, ?, ?, ?)`,
    ),
  );
  db.exec('BEGIN');
  for (const item of changes.flatMap(change => itemsOf(change, tableName))) {
    const stored = marshall(item, { removeUndefinedValues: true });
    const [pk, sk, json] = [`S:${item.pk}`, `S:${item.sk}`, JSON.stringify(stored)];
    own.run(pk, sk, json, sum(Object.entries(stored).map(([name, value]) => bytes(name) + sizeOf(value))));
    for (const [nth, index] of indexes.entries()) {
      const listed = item[`${index}pk`];
      if (listed) other[nth]!.run(`S:${listed}`, `S:${item[`${index}sk`]}`, pk, sk, json);
    }
  }
  db.exec('COMMIT');
};
