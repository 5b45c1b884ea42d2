import { expect, test } from 'vitest';
import { type Row, slice } from '../../messaging/slice.ts';
import { world } from '../../world.ts';

const journeyWorld = async () => {
  const crm = slice(await world());
  const keys = await crm.ask('POST /v1/write-keys', { body: { name: 'shop', kind: 'server' } });
  const basic = `Basic ${Buffer.from(`${keys.body.key}:`).toString('base64')}`;
  let calls = 0;
  const track = async (userId: string, event: string, properties: object = {}) => {
    const headers = { authorization: basic };
    const body = { userId, event, properties, messageId: `${crm.tenant}-${calls++}` };
    const { status } = await crm.ask('POST /v1/track', { token: null, headers, body });
    expect(status).toBe(200);
    await crm.idle();
  };
  const journey = async (body: object) => {
    const made = await crm.ask('POST /v1/journeys', { body: { name: 'A journey', state: 'active', ...body } });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body as Row;
  };
  const post = async (id: string, verb: string, body?: object) =>
    crm.ask(`POST /v1/journeys/{id}/${verb}`, { params: { id }, ...(body ? { body } : {}) });
  const runs = async (id: string, query: Record<string, string> = {}) =>
    (await crm.ask('GET /v1/journeys/{id}/runs', { params: { id }, query })).body.items as Row[];
  const refusals = async (id: string) =>
    (await crm.ask('GET /v1/journeys/{id}/refusals', { params: { id } })).body.items as Row[];
  const counts = async (id: string) => (await crm.ask('GET /v1/journeys/{id}/counts', { params: { id } })).body as Row;
  const tags = async (id: string) => {
    await crm.idle();
    return ((await crm.ask('GET /v1/customers/{id}', { params: { id } })).body.attributes?.tags ?? []) as string[];
  };
  return { ...crm, track, journey, post, runs, refusals, counts, tags };
};

const later = async (crm: Awaited<ReturnType<typeof journeyWorld>>, duration: string) => {
  await crm.advance(duration);
  await crm.idle();
};

test('an abandoned cart is followed from the tracker to the outbox, once, and not where the cart was bought', async () => {
  const crm = await journeyWorld();
  const [ada, bob] = [await crm.customer({ externalId: 'u-ada' }), await crm.customer({ externalId: 'u-bob' })];
  for (const { id } of [ada, bob]) await crm.consent(id);
  const template = await crm.template({
    subject: 'Your {{ event.properties.car }}',
    body: 'cart {{ run.key }}{{ event.properties.cartId }} for {{ customer.givenName }}',
  });
  const { id } = await crm.journey({
    entry: { event: 'Cart Updated', key: 'properties.cartId' },
    steps: [
      {
        waitFor: { event: 'Order Placed', sameKey: true },
        timeout: 'PT4H',
        then: [{ exit: true }],
        onTimeout: [{ id: 'remind', send: { templateId: template.id, topic: 'news' } }],
      },
      { wait: 'P2D' },
      { id: 'give-up', tag: 'cold-cart' },
    ],
    goal: { event: 'Order Placed', sameKey: true },
  });
  await crm.track('u-ada', 'Cart Updated', { cartId: 7, car: 'Volt' });
  await crm.track('u-ada', 'Cart Updated', { cartId: 7, car: 'Volt' });
  await crm.track('u-bob', 'Cart Updated', { cartId: 'b', car: 'Mini' });
  await crm.track('u-ada', 'Order Placed', { cartId: '7' });
  await crm.track('u-bob', 'Order Placed', { cartId: 'b' });
  expect(await crm.runs(id, { customerId: ada.id })).toMatchObject([{ key: 7, state: 'running', at: '1' }]);
  expect(await crm.runs(id, { customerId: bob.id })).toMatchObject([{ key: 'b', state: 'converted' }]);
  expect(await crm.refusals(id)).toMatchObject([{ customerId: ada.id, key: 7, reason: 'a run is under way' }]);
  await later(crm, 'PT3H');
  expect(await crm.outbox(ada.email)).toHaveLength(0);
  await later(crm, 'PT2H');
  const [mail] = (await crm.outbox(ada.email)) as [Row];
  expect(mail).toMatchObject({ subject: 'Your Volt', text: expect.stringContaining('cart 77 for Ada') });
  expect(await crm.messages(ada.id)).toMatchObject([{ cause: id, journeyId: id, state: 'delivered' }]);
  await later(crm, 'P2D');
  expect(await crm.tags(ada.id)).toEqual(['cold-cart']);
  expect(await crm.runs(id, { customerId: ada.id })).toMatchObject([{ state: 'done', reason: 'last step' }]);
  expect(await crm.outbox(ada.email)).toHaveLength(1);
  expect(await crm.outbox(bob.email)).toHaveLength(0);
  const counts = await crm.counts(id);
  expect(counts).toMatchObject({ entered: 2, done: 1, converted: 1, running: 0 });
  const entered = Object.fromEntries(counts.steps.map((step: Row) => [step.id, step.entered]));
  expect(entered).toMatchObject({ '1': 2, remind: 1, '2': 1, 'give-up': 1 });
  // once per key
  await crm.track('u-ada', 'Cart Updated', { cartId: 7, car: 'Volt' });
  expect(await crm.refusals(id)).toMatchObject([{ reason: 'entered before with this key: once per key' }]);
  expect((await crm.decisions(ada.id, 'journey')).map(({ outcome }) => outcome)).toEqual(['entered']);
});

test('every kind of action is done once, and a webhook is signed', async () => {
  const crm = await journeyWorld();
  const ada = await crm.customer({ externalId: 'u-1' });
  const other = await crm.journey({ entry: { api: true }, steps: [{ tag: 'started' }] });
  const { id } = await crm.journey({
    entry: { event: 'Tested' },
    steps: [
      { set: { stage: 'trial', 'attributes.seats': 3, 'address.locality': null, locale: 'en-SG' } },
      { branch: [{ if: { attribute: 'attributes.stage', is: 'trial' }, then: [{ tag: 'on-trial' }] }] },
      {
        webhook: {
          url: 'https://example.com/hook',
          body: { who: '{{ customer.givenName }}', plan: ['{{ event.properties.plan }}'] },
        },
      },
      { lead: { interest: 'Volt' } },
      { case: { subject: 'Call Ada', priority: 'high' } },
      { start: other.id },
      { webhook: { url: 'https://example.com/plain' } },
    ],
  });
  await crm.track('u-1', 'Tested', { plan: 'gold' });
  await crm.idle();
  const { attributes, locale } = (await crm.ask('GET /v1/customers/{id}', { params: { id: ada.id } })).body;
  expect([attributes, locale]).toMatchObject([{ stage: 'trial', seats: 3 }, 'en-SG']);
  expect(attributes.tags.toSorted()).toEqual(['on-trial', 'started']);
  const customerId = ada.id;
  expect((await crm.ask('GET /v1/leads', { query: { customerId } })).body.items).toMatchObject([
    { interest: 'Volt', cause: id },
  ]);
  expect((await crm.ask('GET /v1/cases', { query: { customerId } })).body.items).toMatchObject([
    { subject: 'Call Ada', type: 'enquiry' },
  ]);
  const calls = (await crm.outbox('https://example.com/hook')) as Row[];
  expect(calls).toMatchObject([{ channel: 'webhook', url: 'https://example.com/hook' }]);
  expect(JSON.parse(calls[0]!.body)).toEqual({ who: 'Ada', plan: ['gold'] });
  expect(calls[0]!.headers.map(({ name }: Row) => name)).toContain('webhook-signature');
  expect(JSON.parse(((await crm.outbox('https://example.com/plain')) as Row[])[0]!.body).data).toMatchObject({
    customerId,
    cause: id,
    event: { type: 'tracked.track' },
  });
  expect(await crm.runs(other.id)).toMatchObject([{ customerId, state: 'done' }]);
});

test('a pause lets nobody enter and runs stand still; activated again, what is overdue goes on, and what happened counts', async () => {
  const crm = await journeyWorld();
  const [ada, bob] = [await crm.customer({ externalId: 'u-a' }), await crm.customer({ externalId: 'u-b' })];
  const { id } = await crm.journey({
    entry: { event: 'Began' },
    steps: [{ waitFor: { event: 'Bought' }, timeout: 'PT1H', then: [{ tag: 'bought' }], onTimeout: [{ tag: 'cold' }] }],
  });
  await crm.track('u-a', 'Began');
  await crm.track('u-b', 'Began');
  expect((await crm.post(id, 'pause')).body.state).toBe('paused');
  expect((await crm.post(id, 'runs', { customerId: ada.id })).body.code).toBe('journey.not-active');
  await crm.track('u-a', 'Bought');
  await later(crm, 'PT2H');
  expect([await crm.tags(ada.id), await crm.tags(bob.id)]).toEqual([[], []]);
  expect((await crm.post(id, 'activate')).body.state).toBe('active');
  expect([await crm.tags(ada.id), await crm.tags(bob.id)]).toEqual([['bought'], ['cold']]);
});

test('a journey that drains lets nobody enter and its runs finish; cancelled, they end for good', async () => {
  const crm = await journeyWorld();
  const [ada, bob] = [await crm.customer({ externalId: 'u-a' }), await crm.customer({ externalId: 'u-b' })];
  const { id } = await crm.journey({ entry: { event: 'Began' }, steps: [{ wait: 'PT1H' }, { tag: 'went' }] });
  expect((await crm.post(id, 'activate')).status).toBe(200);
  await crm.track('u-a', 'Began');
  expect((await crm.post(id, 'drain')).body.state).toBe('draining');
  await crm.track('u-b', 'Began');
  await later(crm, 'PT1H');
  expect([await crm.tags(ada.id), await crm.tags(bob.id)]).toEqual([['went'], []]);
  expect((await crm.post(id, 'activate')).body.state).toBe('active');
  await crm.track('u-b', 'Began');
  expect((await crm.post(id, 'cancel')).body.state).toBe('cancelled');
  await crm.idle();
  expect(await crm.runs(id, { customerId: bob.id })).toMatchObject([{ state: 'cancelled' }]);
  await later(crm, 'PT2H');
  expect(await crm.tags(bob.id)).toEqual([]);
  for (const verb of ['activate', 'pause', 'drain'])
    expect((await crm.post(id, verb)).body).toMatchObject({ status: 409, code: 'journey.cancelled' });
});

test('a run finishes on the steps that it began with; later ones follow the new version', async () => {
  const crm = await journeyWorld();
  const [ada, bob] = [await crm.customer({ externalId: 'u-a' }), await crm.customer({ externalId: 'u-b' })];
  const wait = { wait: 'PT1H' };
  const { id } = await crm.journey({ entry: { event: 'Began' }, steps: [wait, { tag: 'old' }] });
  await crm.track('u-a', 'Began');
  const changed = await crm.ask('PATCH /v1/journeys/{id}', { params: { id }, body: { steps: [wait, { tag: 'new' }] } });
  expect(changed.body).toMatchObject({ revision: 2 });
  await crm.track('u-b', 'Began');
  await later(crm, 'PT1H');
  expect([await crm.tags(ada.id), await crm.tags(bob.id)]).toEqual([['old'], ['new']]);
  expect((await crm.ask('GET /v1/journeys/{id}/versions', { params: { id } })).body.items).toHaveLength(2);
});

test('entries by request take a key and data, trials are not counted, and a second run under way is refused', async () => {
  const crm = await journeyWorld();
  const ada = await crm.customer();
  const draft = await crm.journey({
    entry: { api: true },
    state: 'draft',
    cooldown: 'P1D',
    steps: [{ wait: 'PT1H' }, { tag: 'x' }],
  });
  const enter = (more: object = {}) => crm.post(draft.id, 'runs', { customerId: ada.id, ...more });
  expect((await enter()).body.code).toBe('journey.not-active');
  const trial = await enter({ trial: true });
  expect(trial.body).toMatchObject({ trial: true, state: 'running' });
  expect(trial.headers.get('location')).toBe(`/v1/journeys/${draft.id}/runs?customerId=${ada.id}`);
  await crm.post(draft.id, 'activate');
  expect((await enter({ key: 1, data: { a: 'b' } })).body).toMatchObject({ key: 1, state: 'running', at: '1' });
  expect((await enter({ key: 1 })).body).toMatchObject({ status: 409, detail: 'a run is under way' });
  expect((await enter({ key: 2 })).body.detail).toMatch(/^entered before: cools down until/);
  expect((await crm.counts(draft.id)).entered).toBe(1);
  await later(crm, 'P1D');
  expect((await enter({ key: 2 })).status).toBe(201);
  expect(await crm.tags(ada.id)).toEqual(['x']);
});

test('an erasure ends a run, and after a merger it goes on with the customer that stays', async () => {
  const crm = await journeyWorld();
  const [ada, eve] = [await crm.customer({ externalId: 'u-a' }), await crm.customer({ externalId: 'u-e' })];
  const gone = await crm.customer({ externalId: 'u-g' });
  const { id } = await crm.journey({ entry: { event: 'Began' }, steps: [{ wait: 'PT1H' }, { tag: 'went' }] });
  for (const user of ['u-a', 'u-g']) await crm.track(user, 'Began');
  await crm.ask('POST /v1/customers/{id}/merge', { params: { id: eve.id }, body: { from: ada.id } });
  await crm.ask('POST /v1/customers/{id}/erase', { params: { id: gone.id }, body: { reason: 'asked' } });
  await crm.idle();
  expect((await crm.runs(id)).map(({ customerId, state }) => [customerId, state])).toEqual([[eve.id, 'running']]);
  expect(await crm.counts(id)).toMatchObject({ entered: 2, running: 1 });
  await later(crm, 'PT1H');
  expect(await crm.tags(eve.id)).toEqual(['went']);
});

test('a time of day is that of the company’s zone where the customer has none', async () => {
  const crm = await journeyWorld();
  await crm.settings({ defaultTimeZone: 'Pacific/Kiritimati' });
  const { id } = await crm.journey({
    entry: { event: 'Began' },
    steps: [{ until: { time: '12:00' } }, { tag: 'noon' }],
  });
  const ada = await crm.customer({ externalId: 'u-noon' });
  await crm.track('u-noon', 'Began');
  const [hours = 0, minutes = 0] = (await crm.now()).slice(11, 16).split(':').map(Number);
  // noon there is 22:00 UTC
  const wait = (22 * 60 - (hours * 60 + minutes) + 1440) % 1440;
  expect(await crm.runs(id)).toMatchObject([{ state: 'running' }]);
  if (wait > 30) {
    await later(crm, `PT${wait - 15}M`);
    expect(await crm.tags(ada.id)).toEqual([]);
  }
  await later(crm, 'PT20M');
  expect(await crm.tags(ada.id)).toEqual(['noon']);
});

test('what can never work is refused with its path', async () => {
  const crm = await journeyWorld();
  const faults = async (body: object) => {
    const made = await crm.ask('POST /v1/journeys', {
      body: { name: 'x', entry: { event: 'A' }, steps: [{ tag: 'x' }], ...body },
    });
    expect(made.status, JSON.stringify(made.body)).toBe(422);
    return made.body.errors.map(({ path }: Row) => path);
  };
  const wait = [{ wait: 'PT1H' }];
  expect(await faults({ entry: { event: 'order.complete' } })).toEqual(['entry.event']);
  expect(await faults({ entry: { event: 'A', api: true } })).toEqual(['entry']);
  expect(await faults({ entry: { event: 'message.sent' } })).toEqual(['entry.event']);
  expect(await faults({ steps: [] })).toEqual(['steps']);
  expect(await faults({ steps: [{ tag: 'a', wait: 'PT1H' }] })).toEqual(['steps.0']);
  expect(await faults({ steps: [{ waitFor: { event: 'B' } }] })).toEqual(['steps.0.timeout']);
  expect(await faults({ steps: [{ waitFor: { event: 'B', sameKey: true }, timeout: 'P1D' }] })).toEqual([
    'steps.0.waitFor.sameKey',
  ]);
  expect(await faults({ steps: [{ send: { templateId: 'tpl_01jd5e7k3m9q2r4t6v8w0x1y2z', topic: 'news' } }] })).toEqual([
    'steps.0.send.templateId',
  ]);
  expect(await faults({ steps: [{ set: { email: 'a@b.co' } }] })).toEqual(['steps.0.set.email']);
  expect(await faults({ steps: [{ set: { dateOfBirth: 'soon' } }] })).toEqual(['steps.0.set.dateOfBirth']);
  expect(await faults({ steps: [{ points: { programme: 'gold', amount: 1 } }] })).toEqual(['steps.0.points.programme']);
  expect(await faults({ steps: [{ webhook: { url: 'https://10.0.0.1/x' } }] })).toEqual(['steps.0.webhook.url']);
  expect(
    await faults({ steps: [{ webhook: { url: 'https://example.com', body: { a: '{{ custmer.name }}' } } }] }),
  ).toEqual(['steps.0.webhook.body.a']);
  expect(await faults({ steps: [{ start: 'jrn_01jd5e7k3m9q2r4t6v8w0x1y2z' }] })).toEqual(['steps.0.start']);
  expect(await faults({ steps: [...wait, { goto: 'x' }] })).toEqual(['steps.1.goto']);
  expect(
    await faults({ steps: [{ branch: [{ if: { attribute: 'adress.country', is: 'SG' }, then: wait }] }] }),
  ).toEqual(['steps.0.branch.0.if.attribute']);
  expect(await faults({ entry: { event: 'case.opened' }, steps: [{ case: { subject: 'x' } }] })).toEqual(['steps.0']);
  const { id } = await crm.journey({ entry: { api: true }, steps: [{ tag: 'x' }] });
  const again = await crm.ask('PATCH /v1/journeys/{id}', { params: { id }, body: { steps: [{ start: id }] } });
  expect(again.body.errors).toMatchObject([{ path: 'steps.0.start' }]);
});

test('a replay of a draft says what the live journey then does', async () => {
  const crm = await journeyWorld();
  const [ada, bob] = [
    await crm.customer({ externalId: 'u-a', address: { country: 'SG' } }),
    await crm.customer({ externalId: 'u-b' }),
  ];
  const { id } = await crm.journey({
    entry: { event: 'Began', if: { attribute: 'address.country', is: 'SG' } },
    steps: [
      {
        waitFor: { event: 'Bought' },
        timeout: 'PT1H',
        then: [{ id: 'won', tag: 'won' }],
        onTimeout: [{ id: 'lost', tag: 'lost' }],
      },
    ],
  });
  const from = new Date(Date.parse(await crm.now()) - 60_000).toISOString();
  await crm.track('u-a', 'Began');
  await crm.track('u-a', 'Bought');
  await crm.track('u-a', 'Began');
  await crm.track('u-b', 'Began');
  await later(crm, 'PT2H');
  const draft = await crm.ask('GET /v1/journeys/{id}', { params: { id } });
  const { name, entry, steps } = draft.body;
  const copy = await crm.journey({ name, entry, steps, state: 'draft' });
  const { status, body } = await crm.post(copy.id, 'replay', { from, to: await crm.now() });
  expect(status, JSON.stringify(body)).toBe(200);
  const lived = (await crm.runs(id)).map(({ state, path }) => [state, path.at(-1).step]);
  const tried = body.items
    .filter(({ outcome }: Row) => outcome === 'entered')
    .map(({ state, steps: its }: Row) => [state, its.at(-1)]);
  expect(tried.toSorted()).toEqual(lived.toSorted());
  expect(body.counts).toMatchObject([
    { outcome: 'entered', count: 2 },
    { outcome: 'not entered', count: 1 },
  ]);
  const entered = (list: Row[]) => Object.fromEntries(list.map(step => [step.id, step.entered]));
  expect(entered(body.steps)).toEqual(entered((await crm.counts(id)).steps));
  expect(await crm.runs(copy.id)).toEqual([]);
  expect(ada.id && bob.id).toBeTruthy();
});

test('a goto out of a parallel list is refused beside another one, too', async () => {
  const crm = await journeyWorld();
  const steps = [{ id: 'a', wait: 'P1D' }, { parallel: [[{ goto: 'a' }]] }, { goto: 'a' }];
  const { status, body } = await crm.ask('POST /v1/journeys', { body: { name: 'Round', entry: { api: true }, steps } });
  expect([status, body.errors]).toEqual([
    422,
    [{ path: 'steps.1.parallel.0.0.goto', message: 'leads into or out of a list of a parallel step' }],
  ]);
});

test('steps that no way leads to are named, also in lists within steps; an entry without the key says so', async () => {
  const crm = await journeyWorld();
  const ada = await crm.customer();
  const { id, warnings } = await crm.journey({
    entry: { event: 'order.completed', key: 'number' },
    steps: [
      { parallel: [[{ exit: true }, { tag: 'never' }], [{ tag: 'soon' }]] },
      { branch: [{ if: { all: [] }, then: [{ goto: 'end' }, { tag: 'not-either' }] }], else: [{ tag: 'else' }] },
      { exit: true },
      { id: 'end', tag: 'end' },
    ],
  });
  const message = 'is never reached: no step leads to it';
  expect(warnings).toEqual([
    { path: 'steps.0.parallel.0.1', message },
    { path: 'steps.1.branch.0.then.1', message },
  ]);
  const { status, body } = await crm.post(id, 'runs', { customerId: ada.id });
  expect([status, body.detail]).toEqual([
    409,
    'there is no key: the event has nothing at number, or the request names none',
  ]);
});

test('a key that the event cannot have is refused, and a segment is not deleted from under who acts by it', async () => {
  const crm = await journeyWorld();
  const [condition, steps] = [{ attribute: 'givenName', is: 'Ada' }, [{ tag: 'x' }]];
  const keyed = { event: 'Cart Updated', key: 'cartId' };
  const wrong = [{ waitFor: { event: 'order.completed', sameKey: true }, timeout: 'P1D' }];
  const plan = (body: object) => crm.ask('POST /v1/journeys', { body: { name: 'Keys', steps, ...body } });
  expect((await plan({ entry: keyed })).body.errors).toMatchObject([{ path: 'entry.key' }]);
  expect((await plan({ entry: { ...keyed, key: 'properties.cartId' }, steps: wrong })).body.errors).toMatchObject([
    { path: 'steps.0.waitFor.sameKey', message: expect.stringContaining('order.completed has no properties.cartId') },
  ]);
  const { id } = (await crm.ask('POST /v1/segments', { body: { name: 'Adas', condition } })).body;
  const removed = () => crm.ask('DELETE /v1/segments/{id}', { params: { id } });
  const { id: triggerId } = await crm.trigger('', { if: { segment: id }, then: [{ tag: 'x' }] });
  expect((await removed()).body).toMatchObject({ code: 'segment.in-use', detail: expect.stringContaining(triggerId) });
  await crm.ask('POST /v1/triggers/{id}/pause', { params: { id: triggerId } });
  const journey = await crm.journey({ entry: { segment: id }, steps });
  expect((await removed()).body).toMatchObject({ code: 'segment.in-use', detail: expect.stringContaining(journey.id) });
  await crm.post(journey.id, 'cancel');
  expect((await removed()).status).toBe(200);
});
