import { type Crm, crmAt } from './crm.ts';
import { allOf } from './everybody.ts';
import { type Imported, importList } from './import-list.ts';
import { reportQuality } from './quality.ts';
import { type List, readCalls, readCars, readLists } from './sources.ts';

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

/** the last line of the last list is a known customer */
const loadedAlready = async (crm: Crm, lists: List[]) => {
  const externalId = lists.at(-1)?.rows.at(-1)?.userId ?? '';
  return (await crm.ask('GET /v1/customers', { query: { externalId } })).items.length > 0;
};

/** grants the newsletter to the customers that requested it in a list */
const subscribe = async (crm: Crm, { name, rows, newsletter }: List) => {
  const emails = [...new Set(rows.flatMap(row => newsletter(row) || []))];
  const granted = await each(emails, atOnce, async email => {
    const { items } = await crm.ask('GET /v1/customers', { query: { email } });
    if (!items.length) return 0;
    await crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
      params: { id: items[0].id, channel: 'email', topic: 'newsletter' },
      body: { status: 'granted', source: `${name} list` },
    });
    return 1;
  });
  return granted.filter(Boolean).length;
};

/** the cars of those who bought them here */
const register = async (crm: Crm) => {
  const customers = await allOf(crm, 'GET /v1/customers');
  const byNumber = new Map(customers.map(one => [one.identifiers?.sales, one.id as string]));
  const cars = readCars().filter(car => car.cust_no && byNumber.has(car.cust_no));
  await each(cars, atOnce, car =>
    crm.ask('POST /v1/assets', {
      body: {
        customerId: byNumber.get(car.cust_no),
        name: car.model,
        model: `${car.model} ${car.year}`,
        serial: car.vin,
        acquiredOn: car.bought_on,
        usage: { value: Number(car.mileage_km), unit: 'km', readOn: car.bought_on },
        attributes: { plate: car.plate },
      },
    }),
  );
  return cars.length;
};

/** inconsistent spellings, corrected by the CRM's own fixes */
const clean = async (crm: Crm) => {
  const { id } = await crm.ask('POST /v1/bulk', {
    body: {
      target: { where: { attribute: 'id', exists: true } },
      action: { clean: ['whitespace', 'name.split', 'name.case'] },
      why: 'after the import',
    },
  });
  await crm.idle();
  const { counts, fixes } = await crm.ask('GET /v1/bulk/{id}', { params: { id } });
  return `${counts.changed} of ${counts.looked} records (${Object.entries(fixes)
    .map(([fix, many]) => `${fix} ${many}`)
    .join(', ')})`;
};

/**
 * Loads Auto Inc. into a running stack, over its public HTTP API alone: three dirty lists of customers, the consents they
 * name, the cars, and a month of behaviour; two records that are as good as certainly one customer are merged unasked. Says
 * how good the data was. What was loaded before is left alone.
 */
export const loadDemo = async ({ url, token, writeKey, tenant = 'demo', log }: Loading) => {
  const crm = crmAt({ url, tenant, token, writeKey });
  const begun = performance.now();
  const done = (what: string) => log(`  ${what} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  const lists = readLists();
  if (await loadedAlready(crm, lists)) {
    log('  they are here already');
    return undefined;
  }
  await crm.ask('PUT /v1/settings/matching', { body: { autoMerge: 0.99, review: 0.5 } });
  const imported: Imported[] = [];
  for (const list of lists) {
    imported.push(await importList(crm, list));
    done(`${list.name}: ${list.rows.length} lines read`);
  }
  await crm.idle();
  done(`cleaned: ${await clean(crm)}`);
  let subscribed = 0;
  for (const list of lists) subscribed += await subscribe(crm, list);
  done(`newsletter: ${subscribed} consents`);
  done(`cars: ${await register(crm)} registered`);
  const calls = readCalls();
  await each(cut(calls, batch), 2, some => crm.track(...some));
  done(`behaviour: ${calls.length} tracked calls`);
  return reportQuality(crm, lists, imported, log);
};
