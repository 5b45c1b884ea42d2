import { expect, test } from 'vitest';
import { type Told, world } from '../world.ts';
import { desk } from './desk-world.ts';

/** the same order in every run */
const shuffled = <T>(items: T[], seed: number) => {
  let state = seed;
  const random = () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
  return items
    .map(item => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
};

const staff = [
  { id: 'ann', skills: ['brakes', 'billing'] },
  { id: 'ben', skills: ['brakes'] },
  { id: 'cai', skills: ['billing'] },
  { id: 'dee', skills: ['brakes'] },
  { id: 'eve', skills: ['billing'] },
];
const capacity = 3;
const size = 40;
const topics = ['billing', 'safety'] as const;
const skillFor: Record<string, string> = { billing: 'billing', safety: 'brakes' };

test('forty cases at once and five agents: no agent gets too many, no case is left, each is acknowledged once', async () => {
  const crm = desk(await world());
  await Promise.all(staff.map(({ id, skills }) => crm.agent(id, { skills, capacity })));
  for (const category of topics) {
    const match = { attribute: 'category', is: category };
    await crm.queue(category, { name: category, match, skills: [skillFor[category]] });
  }
  const customers = await Promise.all(Array.from({ length: size }, () => crm.customer()));
  const opened = await Promise.all(
    customers.map(({ id: customerId }, nth) => crm.open({ customerId, category: topics[nth % 2] })),
  );
  let left = opened.map(({ id }) => id as string);
  for (let round = 1; left.length; round++) {
    await crm.idle(60_000);
    const seen: Told['body'][] = await Promise.all(left.map(crm.read));
    const held = seen.filter(({ status }) => status === 'assigned');
    const agents = await Promise.all(staff.map(({ id }) => crm.readAgent(id)));
    for (const agent of agents) {
      expect(agent.load).toBeLessThanOrEqual(capacity);
      expect(agent.load).toBe(held.filter(({ agentId }) => agentId === agent.id).length);
    }
    for (const { agentId, queue } of held) {
      expect(staff.find(({ id }) => id === agentId)?.skills).toContain(skillFor[queue]);
    }
    // a case waits only if no suitable agent is free
    for (const { status, queue } of seen.filter(one => one.status !== 'assigned')) {
      expect(status).toBe('queued');
      const able = staff.filter(({ skills }) => skills.includes(skillFor[queue]!)).map(({ id }) => id);
      expect(agents.filter(({ id, load }) => able.includes(id) && load < capacity)).toEqual([]);
    }
    const resolved = shuffled(
      held.map(({ id }) => id as string),
      round,
    ).slice(0, held.length === seen.length ? undefined : Math.ceil(held.length / 2));
    await Promise.all(resolved.map(id => crm.done(crm.tell(id, 'resolve'))));
    left = left.filter(id => !resolved.includes(id));
    expect(round).toBeLessThan(size);
  }
  await crm.idle(60_000);
  for (const { id } of staff) expect(await crm.readAgent(id)).toMatchObject({ load: 0 });
  for (const { email, id } of customers) {
    const mails = await crm.outbox(email);
    expect(mails.filter(({ subject }) => subject.includes('We have received'))).toHaveLength(1);
    const assigned = (await crm.timeline(id)).filter(({ type }) => type === 'case.assigned');
    expect(assigned).toHaveLength(1);
  }
}, 240_000);
