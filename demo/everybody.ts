import type { Crm } from './crm.ts';

// biome-ignore lint/suspicious/noExplicitAny: shown and counted
type Record = any;

/** everything on a list, a page at a time */
export const allOf = async (crm: Crm, key: string, query: { [name: string]: string } = {}): Promise<Record[]> => {
  const all: Record[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: Record[]; nextCursor: string | null } = await crm.ask(key, {
      query: { limit: 100, ...query, ...(cursor ? { cursor } : {}) },
    });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return all;
};
