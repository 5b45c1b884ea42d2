import { expect, test } from 'vitest';
import { slice } from '../messaging/slice.ts';
import { world } from '../world.ts';

type Fault = { path: string; message: string };

const named = async () => {
  const crm = slice(await world());
  await crm.ask('PUT /v1/attributes/{name}', { params: { name: 'plan' }, body: { type: 'text' } });
  const topic = { name: 'News', channels: ['email', 'push'] };
  await crm.ask('PUT /v1/topics/{topic}', { params: { topic: 'news' }, body: topic });
  const refusal = async (key: string, given: object) => {
    const { status, body } = await crm.ask(key, given);
    expect([key, status, JSON.stringify(given)]).toEqual([key, 422, JSON.stringify(given)]);
    return (body.errors as Fault[]).map(({ path, message }) => `${path}: ${message}`);
  };
  const warnings = async (key: string, given: object) => {
    const { status, body } = await crm.ask(key, given);
    expect(status, JSON.stringify(body)).toBeLessThan(300);
    return ((body.warnings ?? []) as Fault[]).map(({ path, message }) => `${path}: ${message}`);
  };
  return { ...crm, refusal, warnings };
};

const list = (where: object) => ({ body: { name: 'L', kind: 'dynamic', where } });
const trigger = (more: object) => ({
  body: { name: 'T', when: { 'detail-type': ['order.created'] }, then: [{ tag: 'x' }], ...more },
});

test('what can never match is refused at its path, with the nearest name that is known', async () => {
  const crm = await named();
  const { id: templateId } = await crm.template();
  const lists = 'POST /v1/lists';
  const triggers = 'POST /v1/triggers';
  const queue = (match: object) => ({ params: { id: 'q' }, body: { name: 'Q', match } });
  const cases: [string, object, string][] = [
    [
      lists,
      list({ attribute: 'adress.country', is: 'SG' }),
      'where.attribute: there is no attribute adress; did you mean address.country?',
    ],
    [
      lists,
      list({ all: [{ not: { attribute: 'address.contry', is: 'SG' } }] }),
      'where.all.0.not.attribute: there is no attribute address.contry; did you mean address.country?',
    ],
    [
      lists,
      list({ attribute: 'plan', is: 'gold' }),
      'where.attribute: there is no attribute plan; did you mean attributes.plan?',
    ],
    [
      lists,
      list({ attribute: 'attributes.plan.name', is: 'gold' }),
      'where.attribute: attributes.plan is of the type text: it has no name',
    ],
    [
      lists,
      list({ event: 'order.complete' }),
      'where.event: there is no event order.complete; did you mean order.completed?',
    ],
    [
      lists,
      list({ event: 'order.completed', where: { totl: { amount: [1] } } }),
      'where.where.totl.amount: the event has no totl; did you mean total?',
    ],
    [
      lists,
      list({ consent: { channel: 'mail', topic: 'news' } }),
      'where.consent.channel: there is no channel mail; did you mean email?',
    ],
    [
      lists,
      list({ consent: { channel: 'email', topic: 'newz' } }),
      'where.consent.topic: there is no topic newz; did you mean news?',
    ],
    [
      triggers,
      trigger({ if: { attribute: 'emial', exists: true } }),
      'if.attribute: there is no attribute emial; did you mean email?',
    ],
    [
      triggers,
      trigger({ when: { detailtype: ['order.created'] } }),
      'when.detailtype: the event has no detailtype; did you mean detail-type?',
    ],
    [
      triggers,
      trigger({ when: { 'detail-type': ['traked.track'] } }),
      'when.detail-type: there is no event traked.track; did you mean tracked.track?',
    ],
    [
      triggers,
      trigger({ when: { 'detail-type': ['Product Viewed'] } }),
      'when.detail-type: there is no event Product Viewed; for a tracked event of that name use tracked.track, where event is ["Product Viewed"]',
    ],
    [
      triggers,
      trigger({ when: { source: ['rapport.sale'] } }),
      'when.source: there is no source rapport.sale; did you mean rapport.sales?',
    ],
    [triggers, trigger({ when: { 'detail-type': [{ prefix: 'orders.' }] } }), 'when.detail-type: matches no event'],
    [
      triggers,
      trigger({ when: { source: ['rapport.service'], 'detail-type': ['order.created'] } }),
      'when.source, detail-type: matches no event',
    ],
    [
      triggers,
      trigger({ when: { 'detail-type': ['tracked.track'], detail: { event: ['Cart'] } } }),
      'when.detail.event: the event has no detail.event',
    ],
    [
      triggers,
      trigger({ when: { 'detail-type': ['order.created'], detail: { data: { lines: { skew: ['A'] } } } } }),
      'when.detail.data.lines.skew: the event has no detail.data.lines.skew',
    ],
    [
      triggers,
      trigger({ when: { 'detail-type': ['order.created'], detail: { data: { total: [100] } } } }),
      'when.detail.data.total: detail.data.total has parts: name one of them',
    ],
    [
      triggers,
      trigger({ then: [{ send: { templateId, topic: 'nwes' } }] }),
      'then.0.send.topic: there is no topic nwes; did you mean news?',
    ],
    [
      lists,
      list({ consent: { channel: 'sms', topic: 'news' } }),
      'where.consent.topic: news is not sent by sms; its channels are email, push',
    ],
    [
      'PUT /v1/queues/{id}',
      queue({ attribute: 'catgory', is: 'safety' }),
      'match.attribute: there is no attribute catgory; did you mean category?',
    ],
    [
      'PUT /v1/queues/{id}',
      queue({ attribute: 'customer.adress.country', is: 'SG' }),
      'match.attribute: there is no attribute customer.adress; did you mean customer.address.country?',
    ],
    [
      'PUT /v1/teams/{id}',
      { params: { id: 'sea' }, body: { name: 'SEA', territories: { attribute: 'adress.country', is: 'SG' } } },
      'territories.attribute: there is no attribute adress; did you mean address.country?',
    ],
    [
      'POST /v1/bulk',
      { body: { target: { where: { attribute: 'phne', exists: true } }, action: { tag: 'x' }, why: 'x' } },
      'target.where.attribute: there is no attribute phne; did you mean phone?',
    ],
    [
      'PUT /v1/settings/hygiene',
      {
        body: {
          rules: [
            {
              id: 'r',
              when: { stale: { attributes: ['phone'], olderThan: 'P1Y' } },
              where: { attribute: 'adress.country', is: 'SG' },
              then: { event: true },
            },
          ],
        },
      },
      'rules.0.where.attribute: there is no attribute adress; did you mean address.country?',
    ],
    [
      'PUT /v1/attributes/{name}',
      {
        params: { name: 'spent' },
        body: { type: 'number', computed: { event: 'order.created', operation: 'count', where: { numbr: ['A'] } } },
      },
      'computed.where.numbr: the event has no numbr; did you mean number?',
    ],
    [
      'PUT /v1/settings/sources',
      { body: { survivorship: { attributes: { 'adress.country': ['recency'] } } } },
      'survivorship.attributes.adress.country: is not an attribute: name a standard field, or attributes.<name>; did you mean address.country?',
    ],
  ];
  for (const [key, given, fault] of cases) expect(await crm.refusal(key, given)).toEqual([fault]);
  const purpose = {
    description: 'x',
    lawfulBasis: 'consent',
    owner: 'x',
    attributes: ['address.contry'],
    events: ['ordr.*'],
  };
  expect(await crm.refusal('PUT /v1/purposes/{name}', { params: { name: 'p' }, body: purpose })).toEqual([
    'attributes.0: is not an attribute of customers or a part of the view',
    'events.0: is not an event type such as order.completed or tracked.*',
  ]);
});

test('what matches nothing so far is taken, and the reply warns of it', async () => {
  const crm = await named();
  expect(await crm.warnings('POST /v1/lists', list({ attribute: 'attributes.pln', is: 'gold' }))).toEqual([
    'where.attribute: attributes.pln is not declared: it matches only where a value was recorded; did you mean attributes.plan?',
  ]);
  expect(await crm.warnings('POST /v1/lists', list({ attribute: 'attributes.plan', is: 'gold' }))).toEqual([]);
  const hygiene = { id: 'r', when: { stale: { attributes: ['adress'], olderThan: 'P1Y' } }, then: { event: true } };
  expect(await crm.warnings('PUT /v1/settings/hygiene', { body: { rules: [hygiene] } })).toEqual([
    'rules.0.when.stale.attributes.0: attributes.adress is not declared: it matches only where a value was recorded; did you mean address?',
  ]);
  const viewed = (event: string) =>
    trigger({ when: { 'detail-type': ['tracked.track'], detail: { data: { event: [event] } } } });
  const unseen = (path: string) => [`${path}: no event Prodct Viewed was tracked yet; did you mean Product Viewed?`];
  const anonymousId = `a-${crm.tenant}`;
  await crm.put('track', { anonymousId, event: 'Product Viewed' });
  await crm.idle();
  expect(await crm.warnings('POST /v1/triggers', viewed('Product Viewed'))).toEqual([]);
  expect(await crm.warnings('POST /v1/triggers', viewed('Prodct Viewed'))).toEqual(unseen('when.detail.data.event'));
  expect(await crm.warnings('POST /v1/lists', list({ event: 'Prodct Viewed' }))).toEqual(unseen('where.event'));
  const { id } = await crm.customer();
  const consent = { params: { id, channel: 'email', topic: 'nwes' }, body: { status: 'granted', source: 'form' } };
  expect(await crm.warnings('PUT /v1/customers/{id}/consents/{channel}/{topic}', consent)).toEqual([
    'topic: the topic nwes is not declared; did you mean news?',
  ]);
  const other = await world();
  const undeclared = await other.ask('POST /v1/lists', list({ consent: { channel: 'email', topic: 'newz' } }));
  expect(undeclared.body.warnings).toMatchObject([{ path: 'where.consent.topic' }]);
  const key = { 'idempotency-key': 'once' };
  const first = await crm.ask('POST /v1/lists', { ...list({ attribute: 'attributes.pln', is: 1 }), headers: key });
  const again = await crm.ask('POST /v1/lists', { ...list({ attribute: 'attributes.pln', is: 1 }), headers: key });
  expect([again.body, again.body.warnings.length]).toEqual([first.body, 1]);
});

test('a condition on the name of a tracked event finds who did it', async () => {
  const crm = await named();
  const ada = await crm.customer({ externalId: 'u-1' });
  await crm.put('track', { userId: 'u-1', event: 'Test drive booked', properties: { model: 'AX-7' } });
  await crm.idle();
  const where = { event: 'Test drive booked', where: { properties: { model: ['AX-7'] } } };
  const { id } = (await crm.ask('POST /v1/lists', list(where))).body;
  const { body } = await crm.ask('GET /v1/lists/{id}/members', { params: { id } });
  expect(body.items.map((one: { id: string }) => one.id)).toEqual([ada.id]);
});

test('a timeline is read for several types of events; unknown ones are refused', async () => {
  const crm = await named();
  const { id } = await crm.customer();
  await crm.consent(id);
  await crm.happen(id);
  const read = (type: string) => crm.ask('GET /v1/customers/{id}/timeline', { params: { id }, query: { type } });
  const types = (await read('customer.created, consent.changed')).body.items.map(({ type }: { type: string }) => type);
  expect(types).toEqual(['consent.changed', 'customer.created']);
  const { status, body } = await read('customer.created,consent.change');
  expect([status, body.errors]).toEqual([
    422,
    [{ path: 'type', message: 'there is no event consent.change; did you mean consent.changed?' }],
  ]);
});

test('a value that an attribute cannot have is refused, with what is expected', async () => {
  const crm = await named();
  const define = (name: string, body: object) => crm.ask('PUT /v1/attributes/{name}', { params: { name }, body });
  await define('card', { type: 'enum', values: ['gold', 'silver'] });
  await define('newsletter', { type: 'boolean' });
  await define('points', { type: 'number' });
  await define('tagged', { type: 'list', values: ['a', 'b'] });
  await define('price', { type: 'money' });
  const time = 'must be a date or an instant such as 2026-02-28 or 2026-02-28T09:30:00Z';
  const where = (attribute: string, operators: object) => ({ attribute, ...operators });
  const wrong: [attribute: string, operators: object, fault: string][] = [
    ['attributes.card', { is: 'Gold' }, 'is: must be one of gold, silver'],
    ['attributes.card', { in: ['gold', 'brass'] }, 'in.1: must be one of gold, silver'],
    ['attributes.newsletter', { is: 'ja' }, 'is: must be true or false'],
    ['attributes.points', { gt: '1000' }, 'gt: must be a number'],
    ['attributes.points', { startsWith: '1' }, 'startsWith: is for texts: compare with is, gt or lt'],
    ['attributes.tagged', { contains: 'c' }, 'contains: must be one of a, b'],
    ['attributes.price.amount', { lt: '5' }, 'lt: must be a number'],
    ['attributes.plan', { isNot: 5 }, 'isNot: must be a text'],
    ['dateOfBirth', { lt: '01.01.1980' }, `lt: ${time}`],
    ['createdAt', { gt: 'yesterday' }, `gt: ${time}`],
    ['createdAt', { gt: 'P30D' }, `gt: ${time}`],
    ['kind', { is: 'company' }, 'is: must be one of person, organisation'],
    ['address.country', { is: 'Deutschland' }, 'is: is two letters, ISO 3166-1'],
    ['email', { is: 'Ada@Example.com' }, 'is: must be written as it is stored: ada@example.com'],
    ['phone', { is: '030 1' }, 'is: must be a phone number as it is stored, in E.164, such as +6561234567'],
    ['finance.overdueAmount.SGD', { gt: '5' }, 'gt: must be a number'],
  ];
  for (const [attribute, operators, fault] of wrong) {
    expect(await crm.refusal('POST /v1/lists', list(where(attribute, operators)))).toEqual([`where.${fault}`]);
  }
  const preferred = await crm.refusal('POST /v1/lists', list(where('preferredChannel', { is: 'mail' })));
  expect(preferred).toEqual([expect.stringMatching(/^where\.is: must be one of email, sms/)]);
  const right = [
    where('attributes.card', { isNot: 'gold' }),
    where('attributes.tagged', { contains: 'a' }),
    where('createdAt', { gt: '2026-01-01' }),
    where('createdAt', { startsWith: '2026' }),
    where('email', { contains: '@Example' }),
    where('phone', { startsWith: '+65' }),
    where('name', { gte: 'M' }),
    where('finance.overdueSince', { lt: '2026-01-01T00:00:00Z' }),
    where('phone', { verified: {} }),
  ];
  expect(await crm.warnings('POST /v1/lists', list({ all: right }))).toEqual([]);
});

test('a template that shows what does not exist is refused with line and column', async () => {
  const crm = await named();
  const template = (subject: string, body: string) =>
    crm.ask('POST /v1/templates', { body: { name: 'T', channel: 'email', subject, body } });
  const refused = await template('Hi {{ customer.fistName }}', 'one\n{% if custmer %}x{% endif %} {{ nothing }}');
  expect(refused.body.errors).toEqual([
    {
      path: 'subject',
      message: 'there is no variable customer.fistName, line:1, col:7',
      line: 1,
      column: 7,
    },
    {
      path: 'body',
      message: 'there is no variable custmer; did you mean customer?, line:2, col:7',
      line: 2,
      column: 7,
    },
    { path: 'body', message: 'there is no variable nothing, line:2, col:33', line: 2, column: 33 },
  ]);
  const fine = [
    '{% assign x = customer.givenName %}{{ x | default: y }}{% for l in event.data.lines %}{{ l.sku }}{{ forloop.index }}{% endfor %}',
    "{{ customer.attributes.anything.deep }} {{ customer['address'].country }} {{ customer[event.data.field] }} {{ customer.name.size }}",
    '{{ customer.finance.overdueAmount.SGD }} {{ run.data.x }} {{ tenant.name }} {{ unsubscribeUrl }} {{ preferencesUrl }}',
    '{% capture z %}a{% endcapture %}{{ z }}{% increment n %}{{ n }}{% cycle 1, 2 %}{% tablerow a in event.data.b %}{{ a }}{% endtablerow %}',
  ];
  expect((await template('x', fine[0]!)).body.errors).toMatchObject(
    [{ message: /variable y/ }].map(() => ({ path: 'body' })),
  );
  for (const body of fine.slice(1)) {
    const reply = await template('x', body);
    expect([body, reply.status, reply.body.errors]).toEqual([body, 201, undefined]);
  }
});
