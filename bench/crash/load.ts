import type { Body, Client } from './client.ts';
import type { Runtime } from './runtime.ts';

export const staff = [
  { id: 'ann', skills: ['brakes', 'billing'] },
  { id: 'ben', skills: ['brakes'] },
  { id: 'cai', skills: ['billing'] },
];
export const capacity = 4;
export const topics: Record<string, string> = { billing: 'billing', safety: 'brakes' };
export const pipeline = 'cars';

const stages = ['enquiry', 'test-drive', 'offer'].map((id, nth) => ({ id, name: id, probability: (nth + 1) / 4 }));

/** A customer that was created, and what was acknowledged since. */
export type Visitor = {
  nth: number;
  id: string;
  consents: boolean;
  /** names of the tracked events, each sent under one message id */
  tracked: string[];
  cases: string[];
  opportunities: string[];
};

/** The settings that the load needs. */
export const prepare = async ({ ask }: Client) => {
  for (const { id, skills } of staff) await ask(`PUT /v1/agents/${id}`, { body: { name: id, skills, capacity } });
  for (const [category, skill] of Object.entries(topics)) {
    const match = { attribute: 'category', is: category };
    await ask(`PUT /v1/queues/${category}`, { body: { name: category, match, skills: [skill] } });
  }
  const all = { attribute: 'type', in: ['enquiry'] };
  await ask('PUT /v1/sla-policies/all', { body: { name: 'All', rank: 1, match: all, firstResponse: 'PT4H' } });
  await ask(`PUT /v1/pipelines/${pipeline}`, { body: { name: 'Cars', stages } });
  const template = {
    name: 'Thanks',
    channel: 'email',
    subject: 'Thanks for {{ event.properties.nr }}',
    body: 'Thanks',
  };
  const { id: templateId } = await ask('POST /v1/templates', { key: 'template', body: template });
  const when = { 'detail-type': ['tracked.track'], detail: { data: { event: ['Bought'] } } };
  const then = [{ send: { templateId, topic: 'news' } }];
  await ask('POST /v1/triggers', { key: 'trigger', body: { name: 'Thank', when, then, state: 'active' } });
};

const track = async ({ ask }: Client, runtime: Runtime, visitor: Visitor) => {
  const { nth } = visitor;
  const names = [`${nth}-a`, `${nth}-b`, `${nth}-c`];
  const timestamp = new Date().toISOString(); // the same in repetitions, as libraries do
  const batch = names.map((nr, place) => ({
    type: 'track',
    event: place ? 'Viewed' : 'Bought',
    userId: `u-${nth}`,
    messageId: `crash-${nr}`,
    timestamp,
    properties: { nr },
  }));
  const authorization = `Basic ${Buffer.from(`${runtime.at().writeKey}:`).toString('base64')}`;
  await ask('POST /v1/batch', { authorization, body: { batch } });
  visitor.tracked.push(...names);
};

const complain = async ({ ask, insist }: Client, visitor: Visitor, older: Visitor | undefined) => {
  const { nth, id: customerId } = visitor;
  const category = Object.keys(topics)[nth % 2];
  const body = { customerId, subject: `Question ${nth}`, type: 'enquiry', channel: 'web', category };
  visitor.cases.push((await ask('POST /v1/cases', { key: `case-${nth}`, body })).id);
  const [settled] = older?.cases ?? [];
  if (settled) await insist(`POST /v1/cases/${settled}/resolve`, { key: `resolve-${settled}`, body: {} });
};

const buy = async ({ ask }: Client, { nth, id: customerId, opportunities }: Visitor) => {
  const body = { customerId, name: 'A car', pipelineId: pipeline, amount: { amount: 1000 + nth, currency: 'SGD' } };
  const { id }: Body = await ask('POST /v1/opportunities', { key: `opportunity-${nth}`, body });
  opportunities.push(id);
  if (nth % 3 === 0) return;
  await ask(`POST /v1/opportunities/${id}/advance`, { key: `advance-${nth}`, body: { stage: 'offer' } });
  if (nth % 3 === 1) await ask(`POST /v1/opportunities/${id}/win`, { key: `win-${nth}`, body: {} });
};

const visit = async (client: Client, runtime: Runtime, nth: number, seen: Visitor[]) => {
  const body = {
    givenName: 'Ada',
    familyName: `Crash${nth}`,
    email: `ada${nth}@crash.example`,
    externalId: `u-${nth}`,
  };
  const { id }: Body = await client.ask('POST /v1/customers', { key: `customer-${nth}`, body });
  const visitor: Visitor = { nth, id, consents: nth % 4 !== 0, tracked: [], cases: [], opportunities: [] };
  seen.push(visitor);
  const consent = { body: { status: 'granted', source: 'crash' } };
  if (visitor.consents) await client.ask(`PUT /v1/customers/${id}/consents/email/news`, consent);
  await track(client, runtime, visitor);
  await complain(client, visitor, nth % 3 ? undefined : seen.at(-4));
  await buy(client, visitor);
};

/**
 * Visitors, `lanes` at a time, until stopped; those under way then are finished. `renew` begins
 * new lanes: the key of a call that died with the runtime is locked for half a minute, and its lane with it.
 */
export const beginLoad = (client: Client, runtime: Runtime, lanes: number) => {
  const seen: Visitor[] = [];
  const running: Promise<void>[] = [];
  let next = 0;
  let generation = 0;
  const lane = async (mine: number) => {
    while (mine === generation) await visit(client, runtime, next++, seen);
  };
  const renew = () => {
    generation++;
    for (let nth = 0; nth < lanes; nth++) running.push(lane(generation));
    for (const one of running) one.catch(() => {}); // reported by `stop`
  };
  renew();
  return {
    seen,
    renew,
    /** no new visitors; resolves when all that was begun was acknowledged */
    async stop() {
      generation = 0;
      await Promise.all(running);
    },
  };
};
