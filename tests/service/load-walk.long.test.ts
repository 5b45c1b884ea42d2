import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { desk } from './desk-world.ts';

const numbers = (seed: number) => (below: number) => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return (seed >> 8) % below;
};

type Crm = ReturnType<typeof desk>;

const people = ['ben', 'eva', 'mei'];

/** what can happen to a desk, in any order; much of it is refused in the state that it meets */
const walk = async (crm: Crm, seed: number) => {
  const below = numbers(seed);
  const pick = <T>(all: readonly T[]) => all[below(all.length)] as T;
  const customer = await crm.customer();
  const opened: string[] = [];
  const put = (userId: string) =>
    crm.ask('PUT /v1/agents/{userId}', { params: { userId }, body: { name: userId, capacity: 1 + below(4) } });
  const deliverAgain = async () => {
    const items = (await crm.timeline(customer.id)).filter(({ type }) => type.startsWith('case.'));
    const { type, ...detail } = pick(items);
    return crm.put(type, { ...detail, customerId: customer.id }, 'rapport.service');
  };
  const staffRemovedAgain = () => {
    const detail = { id: `evt_${'0'.repeat(25)}${below(8)}`, actor: 'user:x', customerId: null, data: { name: 'x' } };
    return crm
      .now()
      .then(occurredAt =>
        crm.put('staff.removed', { ...detail, occurredAt, about: pick(people) }, 'rapport.customers'),
      );
  };
  const open = async () => {
    const { id } = await crm.open({ customerId: customer.id });
    opened.push(id);
    return { status: 201 };
  };
  const tell =
    (verb: string, body: () => object = () => ({})) =>
    () =>
      crm.tell(pick(opened), verb, { ...body() });
  const steps: [weight: number, name: string, run: () => Promise<{ status: number }>][] = [
    [4, 'open', open],
    [3, 'assign', tell('assign', () => ({ agentId: pick(people) }))],
    [2, 'queue', tell('assign', () => ({ queue: 'general' }))],
    [3, 'reply', tell('reply', () => ({ body: 'So?' }))],
    [3, 'answer', tell('reply', () => ({ body: 'So.', from: 'customer' }))],
    [3, 'resolve', tell('resolve')],
    [2, 'reopen', tell('reopen')],
    [1, 'close', tell('close')],
    [4, 'merge', tell('merge', () => ({ into: pick(opened) }))],
    [3, 'put', () => put(pick(people))],
    [2, 'leave', () => crm.ask('DELETE /v1/staff/{userId}', { params: { userId: pick(people) } })],
    [
      2,
      'away',
      () => crm.ask('PUT /v1/agents/{userId}/status', { params: { userId: pick(people) }, body: { status: 'away' } }),
    ],
    [
      2,
      'back',
      () =>
        crm.ask('PUT /v1/agents/{userId}/status', { params: { userId: pick(people) }, body: { status: 'available' } }),
    ],
    [2, 'deliver again', deliverAgain],
    [1, 'staff.removed again', staffRemovedAgain],
  ];
  const bag = steps.flatMap(step => Array.from({ length: step[0] }, () => step));
  for (const userId of people) await put(userId);
  await open();
  const taken: string[] = [];
  return async (count: number) => {
    for (let nth = 0; nth < count; nth++) {
      // two at a time, so that they meet
      const [one, two] = [pick(bag), pick(bag)];
      const replies = await Promise.all([one[2](), two[2]()]);
      taken.push(`${one[1]} ${replies[0].status}, ${two[1]} ${replies[1].status}`);
      for (const { status } of replies) expect(status, `seed ${seed}: ${taken.join('; ')}`).toBeLessThan(500);
    }
    return `seed ${seed}: ${taken.join('; ')}`;
  };
};

const recount = async (crm: Crm) => {
  const held = await Promise.all(['assigned', 'waiting'].map(status => crm.list({ status, limit: 100 })));
  const counts = new Map<string, number>();
  for (const { agentId } of held.flat()) counts.set(agentId, (counts.get(agentId) ?? 0) + 1);
  return Object.fromEntries([...counts].sort());
};

test.each([1, 20, 300])(
  'the load of an agent is what a recount of its cases gives, whatever happened (%i)',
  async seed => {
    const crm = desk(await world());
    const walkOn = await walk(crm, seed);
    for (let round = 0; round < 6; round++) {
      const taken = await walkOn(8);
      await crm.idle();
      const agents: { id: string; load: number }[] = (await crm.done(crm.ask('GET /v1/agents'))).items;
      const loads = Object.fromEntries(agents.filter(({ load }) => load).map(({ id, load }) => [id, load]));
      expect(loads, taken).toEqual(await recount(crm));
    }
  },
  180_000,
);
