import { env } from '../aws/env.ts';
import { type Entity, entriesOf, itemOf, revive } from './entity.ts';
import { table } from './table.ts';
import { absent, entryItem, VersionConflict, versionIs } from './transaction.ts';
import type { WriteRequest } from './writes.ts';

type Versioned = { version: number };
type Entries = ReturnType<typeof entriesOf>;

type Writing = { tenant: string; now: string; write: (requests: WriteRequest[]) => Promise<void> };

const lost = new Set(['ConditionalCheckFailedException', 'TransactionConflictException']);

/** Writes records that follow from others, and what they are found by, at half the price of a transaction. */
export const derivedBy = ({ tenant, now, write }: Writing) => {
  const TableName = env.table();

  const listing = <T, K>(entity: Entity<T, K>, value: T | undefined) => entriesOf(tenant, entity, value);

  const put = <T, K>(entity: Entity<T, K>, keys: Entries, of: T) =>
    write([...keys.values()].map(key => ({ PutRequest: { Item: entryItem(entity, key, of as object) } })));

  const remove = (keys: Entries, but: Entries) =>
    write([...keys].flatMap(([name, Key]) => (but.has(name) ? [] : [{ DeleteRequest: { Key } }])));

  /**
   * Writes such a record in place of `before`, without a transaction. Entries that no longer lead to it go first, those that
   * lead to it come last: whatever is interrupted is completed by the same again, where `before` is `after`. Throws
   * VersionConflict when another writer was faster.
   */
  return async <T extends Versioned, K>(entity: Entity<T, K>, before: NoInfer<T> | undefined, after: NoInfer<T>) => {
    const [was, is] = [listing(entity, before), listing(entity, after)];
    const { pk, sk, ...item } = itemOf(tenant, entity, after);
    const current = async () => {
      const { Item } = await table(tenant).get({ TableName, Key: { pk, sk }, ConsistentRead: true });
      return Item && revive(entity, Item);
    };
    await remove(was, is);
    if (before !== after) {
      const guard = before ? versionIs(before.version) : absent(now);
      try {
        await table(tenant).put({ TableName, Item: { pk, sk, ...item }, ...guard });
      } catch (error) {
        if (!lost.has((error as Error).name)) throw error;
        // the other writer counts on entries that were removed here
        const there = await current();
        if (there) await put(entity, listing(entity, there), there);
        throw new VersionConflict('the record was changed by another request', { cause: error });
      }
    }
    const fresh = before === after ? is : new Map([...is].filter(([name]) => !was.has(name)));
    if (!fresh.size) return;
    await put(entity, fresh, after);
    const there = await current();
    if (there?.version !== after.version) await remove(fresh, listing(entity, there));
  };
};
