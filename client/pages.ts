type Page<Item> = { items: Item[]; nextCursor: string | null };

/** Every item of a list, page after page, as they are asked for: `for await (const one of pages(crm.customers.findCustomers))`. */
export async function* pages<Asked extends { query?: { cursor?: string } } | undefined, Item>(
  list: (asked: Asked) => Promise<Page<Item>>,
  asked?: NoInfer<Asked>,
): AsyncGenerator<Item, void, undefined> {
  let cursor = asked?.query?.cursor;
  do {
    const query = { ...asked?.query, ...(cursor === undefined ? {} : { cursor }) };
    const page = await list({ ...asked, query } as Asked);
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
