import type { Body, Client } from './client.ts';
import { capacity, pipeline, staff, topics, type Visitor } from './load.ts';
import type { Runtime } from './runtime.ts';

/** What was looked at, by name, and what was not as it should be. */
export type Account = { checked: Record<string, number>; wrong: string[] };

/** notes effects that must have happened so many times */
export const openAccount = () => {
  const account: Account = { checked: {}, wrong: [] };
  const times = (what: string, who: string, found: number, expected = 1) => {
    account.checked[what] = (account.checked[what] ?? 0) + 1;
    if (found !== expected) account.wrong.push(`${what}: ${found} instead of ${expected} (${who})`);
  };
  return { account, times };
};

type Times = ReturnType<typeof openAccount>['times'];

const mailsByAddress = async (runtime: Runtime) => {
  const { items } = (await (await fetch(`${runtime.at().api}/_local/outbox`)).json()) as Body;
  return (address: string) => (items as Body[]).filter(({ to }) => to.includes(address));
};

const accountCustomer = async (client: Client, times: Times, visitor: Visitor, mails: Body[]) => {
  const { id, nth, consents, tracked, cases, opportunities } = visitor;
  const events: Body[] = await client.all(`/v1/customers/${id}/timeline`);
  const count = (type: string, about?: string) =>
    events.filter(one => one.type === type && (!about || one.about === about)).length;
  times('customer created', id, count('customer.created'));
  for (const nr of tracked) {
    const found = events.filter(({ type, data }) => type === 'tracked.track' && data.properties.nr === nr);
    times('tracked event', `${id} ${nr}`, found.length);
  }
  const thanks = mails.filter(({ subject }) => subject === `Thanks for ${nth}-a`);
  times('e-mail of the trigger', id, thanks.length, consents ? 1 : 0);
  const found: Body[] = await client.all(`/v1/cases?customerId=${id}`);
  times('cases of a customer', id, found.length, cases.length);
  for (const caseId of cases) {
    const { number } = found.find(one => one.id === caseId) ?? {};
    const acknowledgements = mails.filter(
      ({ subject }) => subject.includes(number) && subject.includes('We have received'),
    );
    times('case opened', caseId, count('case.opened', caseId));
    times('case acknowledged', caseId, count('case.acknowledged', caseId));
    times('e-mail of an acknowledgement', caseId, acknowledgements.length);
  }
  for (const one of opportunities) times('opportunity created', one, count('opportunity.created', one));
};

const accountAgents = async (client: Client, times: Times, cases: Body[]) => {
  const agents: Body[] = await Promise.all(staff.map(({ id }) => client.ask(`GET /v1/agents/${id}`)));
  const held = (agentId: string) =>
    cases.filter(one => one.agentId === agentId && ['assigned', 'waiting'].includes(one.status)).length;
  for (const { id, load } of agents) times('load of an agent', id, load, held(id));
  for (const { id, status, queue } of cases.filter(one => ['new', 'queued', 'reopened'].includes(one.status))) {
    const able = staff.filter(({ skills }) => skills.includes(topics[queue] ?? ''));
    const free = agents.filter(agent => able.some(({ id }) => id === agent.id) && agent.load < capacity);
    times('case that waits while an able agent is free', `${id} is ${status}`, free.length, 0);
  }
};

const accountPipeline = async (client: Client, times: Times) => {
  const all: Body[] = await client.all(`/v1/opportunities?pipelineId=${pipeline}`);
  const shown: Body = await client.ask(`GET /v1/pipelines/${pipeline}/snapshot`);
  const sum = (some: Body[]) => some.reduce((total, { amount }) => total + amount.amount, 0);
  const compare = (place: string, figures: Body, some: Body[]) => {
    times('counter of a pipeline', place, figures.count, some.length);
    times('sum of a pipeline', place, figures.amounts[0]?.amount ?? 0, sum(some));
  };
  for (const figures of shown.stages) {
    compare(
      figures.stage,
      figures,
      all.filter(({ status, stage }) => status === 'open' && stage === figures.stage),
    );
  }
  compare(
    'won',
    shown.won,
    all.filter(({ status }) => status === 'won'),
  );
  return all;
};

/** nothing may have been given up */
const accountDeadLetters = async (client: Client, times: Times) => {
  const { QueueUrls } = await client.aws('AmazonSQS.ListQueues', {});
  for (const QueueUrl of (QueueUrls as string[]).filter(url => /dead|fail/i.test(url))) {
    const input = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] };
    const { Attributes } = await client.aws('AmazonSQS.GetQueueAttributes', input);
    times('empty dead-letter queue', QueueUrl, Number(Attributes.ApproximateNumberOfMessages), 0);
  }
};

/** Everything that was acknowledged must have had its effects, once; nothing else may be there. */
export const accountAll = async (client: Client, runtime: Runtime, times: Times, seen: Visitor[]) => {
  const mailsTo = await mailsByAddress(runtime);
  const customers: Body[] = (await client.all('/v1/customers')).filter(one => one.familyName?.startsWith('Crash'));
  times('customers in all', 'list', customers.length, seen.length);
  for (const visitor of seen) {
    times('customer', visitor.id, customers.filter(one => one.familyName === `Crash${visitor.nth}`).length);
    await accountCustomer(client, times, visitor, mailsTo(`ada${visitor.nth}@crash.example`));
  }
  const cases: Body[] = [];
  for (const { id } of seen) cases.push(...(await client.all(`/v1/cases?customerId=${id}`)));
  await accountAgents(client, times, cases);
  const opportunities = await accountPipeline(client, times);
  const begun = seen.reduce((sum, one) => sum + one.opportunities.length, 0);
  times('opportunities in all', 'list', opportunities.length, begun);
  await accountDeadLetters(client, times);
};

/** Waits that were begun before a crash end after it: promises break, and what was resolved is closed in time. */
export const accountTimers = async (client: Client, times: Times, seen: Visitor[]) => {
  for (const { id } of seen) {
    const events: Body[] = await client.all(`/v1/customers/${id}/timeline?type=case.escalated`);
    const closings: Body[] = await client.all(`/v1/customers/${id}/timeline?type=case.closed`);
    const cases: Body[] = await client.all(`/v1/cases?customerId=${id}`);
    for (const one of cases) {
      const { id, status, sla, resolvedAt } = one;
      const about = (event: Body) => event.about === id;
      const broken = !resolvedAt || resolvedAt > sla.firstResponseDueAt;
      times('first response watched', id, events.filter(about).length, broken ? 1 : 0);
      if (!resolvedAt) continue;
      times('resolved case closed', `${id} is ${status}`, closings.filter(about).length);
    }
  }
};
