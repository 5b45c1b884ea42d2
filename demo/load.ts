import { type Crm, crmAt } from './crm.ts';
import { type Imported, importRow } from './import-row.ts';
import { reportQuality } from './quality.ts';
import { type Row, readCalls, readSources } from './sources.ts';

export type Loading = {
  url: string;
  token?: string | undefined;
  writeKey: string;
  tenant?: string;
  log(line: string): void;
};

/** requests under way at a time: a client's share, not a siege */
const atOnce = 8;
/** tracking calls in one batch */
const batch = 100;

/** does something with each of a list, several at a time, and gives the results in its order */
const each = async <T, R>(list: T[], some: number, act: (one: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = new Array(list.length);
  let next = 0;
  const worker = async () => {
    while (next < list.length) {
      const nth = next++;
      results[nth] = await act(list[nth] as T);
    }
  };
  await Promise.all(Array.from({ length: some }, worker));
  return results;
};

const cut = <T>(list: T[], size: number) =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, nth) => list.slice(nth * size, (nth + 1) * size));

/** the last line of the last list is somebody known */
const loadedAlready = async (crm: Crm, sources: Row[][]) => {
  const externalId = sources.at(-1)?.at(-1)?.number ?? '';
  return (await crm.ask('GET /v1/customers', { query: { externalId } })).items.length > 0;
};

/**
 * Loads Auto Inc. into a running stack, over its public HTTP API alone: three dirty lists of customers, the consents they
 * name, and a month of behaviour. Says how good the data was. What was
 * loaded before is left alone.
 */
export const loadDemo = async ({ url, token, writeKey, tenant = 'demo', log }: Loading) => {
  const crm = crmAt({ url, tenant, token, writeKey });
  const begun = performance.now();
  const seconds = () => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  const sources = readSources();
  if (await loadedAlready(crm, sources)) {
    log('  they are here already');
    return undefined;
  }
  const imported: Imported[] = [];
  for (const rows of sources) {
    imported.push(...(await each(rows, atOnce, row => importRow(crm, row))));
    log(`  ${rows[0]?.file}: ${rows.length} lines read (${seconds()})`);
  }
  const consents = new Map(imported.flatMap(({ id, row }) => (id && row.newsletter ? [[id, row.file] as const] : [])));
  await each([...consents], atOnce, ([id, file]) =>
    crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
      params: { id, channel: 'email', topic: 'newsletter' },
      body: { status: 'granted', source: `${file} list` },
    }),
  );
  log(`  newsletter: ${consents.size} consents (${seconds()})`);
  const calls = readCalls();
  await each(cut(calls, batch), 2, some => crm.track(...some));
  log(`  behaviour: ${calls.length} tracked calls (${seconds()})`);
  return reportQuality(crm, imported, log);
};
