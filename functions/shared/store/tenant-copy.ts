import { env } from '../aws/env.ts';
import type { Item } from './entity.ts';
import { table } from './table.ts';

/** version and JSON Schema of the records of every kind, in a file of this name: a copy states them for its readers */
export const kindsFile = 'kinds.json';
export type Kinds = Record<string, { schema: number; doc: unknown }>;

export type Key = Pick<Item, 'pk' | 'sk'>;

const partitions = ['pk', 'gsi1pk', 'gsi2pk', 'gsi3pk'];

/** items read in one call; a page of other tenants' alone is empty */
const page = 2_000;

type Doc = { tenant?: string };

/**
 * All data of one tenant, item by item. Items come and go without the tenant's name, so that they fit into any other.
 * Reading it is a scan: for jobs, never for requests; what runs it declares `scan` among its uses.
 */
export const wholeOf = (tenant: string) => {
  const own = `${tenant}#`;
  const each = (item: Item, change: (partition: string) => string): Item => {
    const named = partitions.flatMap(name => (typeof item[name] === 'string' ? [[name, change(item[name])]] : []));
    return { ...item, ...Object.fromEntries(named) };
  };

  return {
    /** a page of the items, and where the next begins; none: this was the last */
    read: async (after: Key | null): Promise<{ items: Item[]; next: Key | null }> => {
      const { Items = [], LastEvaluatedKey } = await table().scan({
        TableName: env.table(),
        FilterExpression: 'begins_with(pk, :own)',
        ExpressionAttributeValues: { ':own': own },
        Limit: page,
        ConsistentRead: true,
        ...(after ? { ExclusiveStartKey: after } : {}),
      });
      const bare = (Items as Item[]).map(item => each(item, pk => pk.slice(own.length)));
      return { items: bare, next: (LastEvaluatedKey as Key | undefined) ?? null };
    },

    mine: (item: Item): Item => {
      const mine = each(item, pk => own + pk);
      const doc = item.doc as Doc | undefined;
      return doc?.tenant === undefined ? mine : { ...mine, doc: { ...doc, tenant } };
    },
  };
};
