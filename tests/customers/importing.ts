import type { Told, World } from '../world.ts';

export type Report = Told['body'];

/** what a file to import is and how it is to be read */
export type Given = { file: string | Buffer; type?: string; fields?: Record<string, unknown>; token?: string };

const text = (value: string | Buffer) => (typeof value === 'string' ? value : new Uint8Array(value));

/** A world that files are imported into, over HTTP as any client does it. */
export const importing = (here: World) => {
  const begin = async ({ file, type, fields = {} }: Given): Promise<Report> => {
    const created = await here.ask('POST /v1/imports', { body: { source: 'sales list', format: 'csv', ...fields } });
    if (created.status !== 201) throw new Error(JSON.stringify(created.body));
    const put = await fetch(created.body.uploadUrl, {
      method: 'PUT',
      body: text(file),
      ...(type ? { headers: { 'content-type': type } } : {}),
    });
    if (!put.ok) throw new Error(`upload: ${put.status} ${await put.text()}`);
    return created.body;
  };
  const start = (id: string) => here.ask('POST /v1/imports/{id}/start', { params: { id } });
  const report = async (id: string): Promise<Report> =>
    (await here.ask('GET /v1/imports/{id}', { params: { id } })).body;
  const errorsOf = async ({ errorsUrl }: Report): Promise<Report[]> =>
    (await (await fetch(errorsUrl)).text())
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));

  return {
    ...here,
    begin,
    start,
    report,
    errorsOf,
    /** uploads, starts, waits */
    bringIn: async (given: Given): Promise<Report> => {
      const { id } = await begin(given);
      const started = await start(id);
      if (started.status !== 200) throw new Error(JSON.stringify(started.body));
      await here.idle(60_000);
      return report(id);
    },
    /** the customers there are, oldest first */
    customers: async (): Promise<Report[]> =>
      (await here.ask('GET /v1/customers', { query: { limit: 100 } })).body.items.reverse(),
    timeline: async (id: string): Promise<Report[]> =>
      (await here.ask('GET /v1/customers/{id}/timeline', { params: { id } })).body.items,
  };
};

export type Importing = ReturnType<typeof importing>;
