import { unmarshall } from '@aws-sdk/util-dynamodb';
import { env } from '../aws/env.ts';
import { changeTooLarge } from '../http/errors.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import type { Change, Emitted } from './changes.ts';
import { derivedBy } from './derive.ts';
import { type Item, itemOf, type Place, placeKey } from './entity.ts';
import { pause } from './retry-on-conflict.ts';
import { isRefusal, table } from './table.ts';
import {
  eventItem,
  lastPuts,
  type Step,
  stepsOf,
  transferClaims,
  VersionConflict,
  type Writer,
} from './transaction.ts';

export type Expected = { id: string | undefined; checked: boolean; check(version: number): void };

export type Opened = {
  tenant: string;
  actor: string;
  now: string;
  cause?: string;
  issuer?: string;
  /** further writes that belong into the one transaction, given the reply: idempotency, claims of events */
  replyChanges?: (reply: unknown) => Step[];
  /** the version that a client requires of the record with that id; 0: it does not exist yet */
  expects?: Expected | undefined;
};

type Put = Extract<Change, { do: 'put' }>;

export type WriteRequest = { PutRequest?: { Item: Item }; DeleteRequest?: { Key: Pick<Item, 'pk' | 'sk'> } };

const mostSteps = 100;

const mostCalls = 8;

/** What changes the store: transactions, and batch writes of events in volume. */
export const writesOf = (opened: Opened) => {
  const { tenant } = opened;
  const TableName = env.table();
  const writer: Writer = { ...opened, tableName: TableName };

  const checkExpected = (changes: Change[]) => {
    const { expects } = opened;
    if (!expects) return;
    const touched = changes.flatMap(change => {
      if (change.do !== 'insert' && change.do !== 'update' && change.do !== 'remove') return [];
      const { id, version } = (change.do === 'insert' ? change.value : change.before) as {
        id?: string;
        version?: number;
      };
      return version === undefined ? [] : [{ id, version: change.do === 'insert' ? 0 : version }];
    });
    const about = touched.find(({ id }) => id === expects.id) ?? touched[0];
    if (about) expects.check(about.version);
  };

  /** keys that came with items, from a copy or a cursor, are this tenant's as well */
  const checkOwn = (pk: unknown) => {
    if (!String(pk).startsWith(`${tenant}#`)) throw new Error('an item of another company cannot be written');
  };

  const transact = async (given: Step[]) => {
    const steps = lastPuts(given);
    for (const { write } of steps) checkOwn((write.Put?.Item ?? (write.Delete ?? write.Update)?.Key)?.pk);
    try {
      await table(tenant).transactWrite({ TransactItems: steps.map(({ write }) => write) });
    } catch (error) {
      throw whyCancelled(error, steps);
    }
  };

  /**
   * Does all changes in one transaction, or none. `reply` is the reply to the caller: where the request carries an
   * idempotency key it is stored in the same transaction. Throws `VersionConflict` when a record was changed by another writer.
   */
  const commit = async <R>(changes: Change[], reply?: R): Promise<R> => {
    checkExpected(changes);
    const steps = [
      ...transferClaims(changes.flatMap(change => stepsOf(writer, change))),
      ...(opened.replyChanges?.(reply) ?? []),
    ];
    if (steps.length > mostSteps) {
      const message = `This change affects ${steps.length} items; the limit is ${mostSteps}. Split it.`;
      throw changeTooLarge(message);
    }
    if (!steps.length) return reply as R;
    await transact(steps);
    return reply as R;
  };

  /**
   * Many decisions that do not depend on each other, as many to a transaction as fit: each is done whole or not at all. Gives
   * for each the error that prevented it, or undefined. One that fails takes no other with it.
   */
  const commitAll = async (units: Change[][]): Promise<(unknown | undefined)[]> => {
    const failures: (unknown | undefined)[] = units.map(() => undefined);
    const groups = grouped(units.map(changes => transferClaims(changes.flatMap(change => stepsOf(writer, change)))));
    const alone = async ([nth, steps]: Numbered) => {
      failures[nth] = await transact(steps).catch(error => error);
    };
    const together = async (group: Numbered[]) => {
      try {
        await transact(group.flatMap(([, steps]) => steps));
      } catch (error) {
        if (group.length === 1) failures[group[0]![0]] = error;
        else for (const one of group) await alone(one);
      }
    };
    await mapConcurrent(groups, mostCalls, together);
    return failures;
  };

  const write = async (requests: WriteRequest[]) => {
    for (const { PutRequest, DeleteRequest } of requests) checkOwn((PutRequest?.Item ?? DeleteRequest?.Key)?.pk);
    for (let at = 0; at < requests.length; at += 25) {
      let ask: Record<string, unknown[]> | undefined = { [TableName]: requests.slice(at, at + 25) };
      for (let attempt = 1; ask && Object.keys(ask).length; attempt++) {
        if (attempt > 1) await pause(attempt);
        const { UnprocessedItems } = await table(tenant).batchWrite({ RequestItems: ask as never });
        ask = UnprocessedItems as typeof ask;
      }
    }
  };

  /**
   * Writes events that are emitted in volume (tracked behaviour), and what goes with them: each item is its own outbox, 25 a
   * call, no transaction. One of the same place and id is overwritten and not published again.
   */
  const append = async (changes: (Emitted | Put)[]) => {
    const items = changes.map(one =>
      one.do === 'emit' ? eventItem(writer, one) : itemOf(tenant, one.entity, one.value),
    );
    // one call must not name an item twice
    await write([...new Map(items.map(Item => [`${Item.pk} ${Item.sk}`, { PutRequest: { Item } }])).values()]);
  };

  /** Moves items into another partition as `change` makes them. Copies come first: nothing is lost midway, and again is harmless. */
  const move = async (items: Item[], to: Place['of'], change: (item: Item) => Item) => {
    const moved = (item: Item): Item => ({ ...change(item), ...placeKey(tenant, { of: to, part: item.sk }) });
    await write(items.map(item => ({ PutRequest: { Item: moved(item) } })));
    await write(items.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })));
  };

  /** Writes items as they are: what was taken out of a store and is put back. The same again is harmless. */
  const restore = (items: Item[]) => write(items.map(Item => ({ PutRequest: { Item } })));

  /** Deletes items permanently, without a transaction; missing items are ignored. Claims and lookups are not changed. */
  const discard = (places: Place[]) =>
    write(places.map(place => ({ DeleteRequest: { Key: placeKey(tenant, place) } })));

  return { commit, commitAll, append, move, restore, discard, derive: derivedBy({ tenant, now: opened.now, write }) };
};

type Numbered = [nth: number, steps: Step[]];

/** units in their order, as many to a group as a transaction takes */
const grouped = (units: Step[][]): Numbered[][] => {
  const groups: Numbered[][] = [];
  let size = mostSteps;
  for (const [nth, steps] of units.entries()) {
    if (!steps.length) continue;
    if (steps.length > mostSteps) throw new Error(`${steps.length} writes do not fit one transaction`);
    if (size + steps.length > mostSteps) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)!.push([nth, steps]);
    size += steps.length;
  }
  return groups;
};

const whyCancelled = (error: unknown, steps: Step[]) => {
  if (!isRefusal(error, 'TransactionCanceledException')) return error;
  const reasons = error.CancellationReasons ?? [];
  const failed = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
  if (failed >= 0) {
    const old = reasons[failed]?.Item;
    return steps[failed]?.failed(old && (unmarshall(old) as Item));
  }
  const conflict = reasons.some(({ Code }) => Code === 'TransactionConflict' || Code === 'ThrottlingError');
  return conflict ? new VersionConflict('another transaction was faster', { cause: error }) : error;
};
