import { setTimeout as sleep } from 'node:timers/promises';
import { plainStack, type Tenant } from './stack.ts';
import { round } from './statistics.ts';
import type { Table } from './table.ts';

const burst = 2000;
const probes = 40;
const poll = 5;

let people = 0;

const identify = () => {
  const userId = `fair-${++people}`;
  return { type: 'identify', userId, messageId: userId, timestamp: new Date().toISOString(), traits: { plan: 'gold' } };
};

/** milliseconds from an identify call to the customer that it makes */
const toEffect = async (crm: Tenant) => {
  const call = identify();
  const begun = performance.now();
  await crm.track(call);
  const found = async () => (await crm.ask('GET /v1/customers', { query: { externalId: call.userId } })).items.length;
  while (!(await found())) await sleep(poll);
  return performance.now() - begun;
};

const percentile = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

const probe = async (crm: Tenant, say: (line: string) => void, what: string) => {
  const found: number[] = [];
  for (let nth = 0; nth < probes; nth++) {
    say(`${what}, ${nth + 1} of ${probes}`);
    found.push(await toEffect(crm));
  }
  return found;
};

/** many identifies of one company at once */
const flood = async (crm: Tenant) => {
  for (let sent = 0; sent < burst; sent += 100) await crm.track(...Array.from({ length: 100 }, identify));
};

/** How long a company waits for the effect of a call while another one has a burst. */
export const measureFairness = async (template: string, say: (line: string) => void) => {
  const stack = await plainStack(template);
  try {
    const [quiet, loud] = [await stack.tenant(), await stack.tenant()];
    await probe(quiet, say, 'first calls');
    const idle = await probe(quiet, say, 'idle');
    const begun = performance.now();
    const drained = flood(loud)
      .then(() => loud.idle())
      .then(() => performance.now() - begun);
    const during = await probe(quiet, say, 'during a burst');
    const lasted = await drained;
    const [before, after] = [percentile(idle, 0.95), percentile(during, 0.95)];
    const table: Table = {
      title: 'Fairness',
      note: [
        `From an identify call of one company to its customer, ${probes} times, alone and while another company has sent ${burst.toLocaleString('en')} identifies,`,
        `which took ${round(lasted / 1000)} s. Both share the two cores of this machine: on AWS each function has its own.`,
      ].join('\n'),
      head: ['', 'median ms', 'p95 ms', 'p95, × idle'],
      rows: [
        ['idle', round(percentile(idle, 0.5)), round(before), 1],
        ['during a burst of another', round(percentile(during, 0.5)), round(after), round(after / before, 2)],
      ],
    };
    return { table, budgets: [] };
  } finally {
    await stack.close();
  }
};
