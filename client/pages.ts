type Page<Item> = { items: Item[]; nextCursor: string | null };

/** Every item of a list, which is requested page by page: `for await (const one of pages(crm.search.findCustomers))`. */
export async function* pages<Request extends { query?: { cursor?: string } } | undefined, Item>(
  list: (request: Request) => Promise<Page<Item>>,
  request?: NoInfer<Request>,
): AsyncGenerator<Item, void, undefined> {
  let cursor = request?.query?.cursor;
  do {
    const query = { ...request?.query, ...(cursor === undefined ? {} : { cursor }) };
    const page = await list({ ...request, query } as Request);
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
