import { expect, test } from 'vitest';
import { type Row, slice } from '../messaging/slice.ts';
import { world } from '../world.ts';

test('a template is written, read, listed and rewritten under its version', async () => {
  const crm = slice(await world());
  const { id } = await crm.template({ name: 'Welcome' });
  const read = await crm.ask('GET /v1/templates/{id}', { params: { id } });
  expect(read.body).toMatchObject({ id, name: 'Welcome', channel: 'email', version: 1 });
  const headers = { 'if-match': '"1"' };
  const changed = await crm.ask('PATCH /v1/templates/{id}', { params: { id }, body: { subject: 'New' }, headers });
  expect(changed.body).toMatchObject({ subject: 'New', body: '<p>Hi</p>', version: 2 });
  expect((await crm.ask('PATCH /v1/templates/{id}', { params: { id }, body: {}, headers })).status).toBe(412);
  expect((await crm.ask('GET /v1/templates')).body.items).toMatchObject([{ id, subject: 'New' }]);
  const other = await world();
  expect((await other.ask('GET /v1/templates/{id}', { params: { id } })).body.code).toBe('template.not-found');
});

test('an error of a template names its line', async () => {
  const crm = slice(await world());
  const ask = (body: unknown) => crm.ask('POST /v1/templates', { body });
  const whole = { name: 'x', channel: 'email', subject: 'x', body: 'x' };
  const bad = await ask({ ...whole, subject: '{{ a | nothing }}', body: 'one\n{% if a %}\nthree' });
  expect(bad.status).toBe(422);
  expect(bad.body.errors).toEqual([
    { path: 'subject', message: 'undefined filter: nothing, line:1, col:1', line: 1, column: 1 },
    { path: 'body', message: 'tag {% if a %} not closed, line:2, col:1', line: 2, column: 1 },
  ]);
  const include = await ask({ ...whole, body: "{% include 'secrets' %}" });
  expect(include.body.errors).toEqual([
    { path: 'body', message: 'tag "include" not found, line:1, col:1', line: 1, column: 1 },
  ]);
  const { subject: _, ...without } = whole;
  expect((await ask(without)).body.errors).toEqual([{ path: 'subject', message: 'an e-mail needs a subject' }]);
  expect((await ask({ ...without, channel: 'sms' })).status).toBe(201);
  expect(
    (await ask({ ...whole, channel: 'pigeon', colour: 'red' })).body.errors.map(({ path }: { path: string }) => path),
  ).toEqual(expect.arrayContaining(['channel', 'colour']));
});

test('a preview renders for a customer and an event, escapes what it puts in, and names what fails', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  const { id } = await crm.template({
    subject: '{{ event.properties.sku }} for {{ customer.givenName }}',
    body: '<style>p{}</style><p>{{ event.data.note }} {{ event.data.note | raw }}</p><ul><li>a</li><li><a href="https://x.example/?a=1&amp;b=2">b</a></li></ul>',
  });
  const event = { properties: { sku: 'AX-7' }, data: { note: '<i>&' } };
  const preview = await crm.ask('POST /v1/templates/{id}/preview', {
    params: { id },
    body: { customerId: ada.id, event },
  });
  expect(preview.body).toMatchObject({ subject: 'AX-7 for Ada' });
  expect(preview.body.html).toContain('<p>&lt;i&gt;&amp; <i>&</p>');
  expect(preview.body.text).toBe('<i>& &\n\n- a\n- b (https://x.example/?a=1&b=2)');

  const endless = await crm.template({
    body: '{% for i in (1..9999) %}{% for j in (1..9999) %}.{% endfor %}{% endfor %}',
  });
  const failed = await crm.ask('POST /v1/templates/{id}/preview', { params: { id: endless.id }, body: {} });
  expect([failed.status, failed.body.code]).toEqual([422, 'template.not-rendered']);
  expect(await crm.outbox(ada.email)).toEqual([]);
});

test('what will come out empty is told: an attribute that nobody declared, an object; a part that no event has is refused', async () => {
  const crm = slice(await world());
  const whole = { name: 'x', channel: 'email', subject: '{{ customer.attributes.crad }}' };
  const body = '{{ tenant }}{{ customer }}{{event.data}}{{ tenant.name }}{% for x in event.data %}{{ x }}{% endfor %}';
  const told = await crm.ask('POST /v1/templates', { body: { ...whole, body } });
  const object = (name: string, part = `${name}.…`) => ({
    path: 'body',
    message: `${name} is an object, which has no text: name a part of it, such as ${part}`,
  });
  const warnings = [
    { path: 'subject', message: expect.stringMatching(/^attributes\.crad is not declared/) },
    ...[object('tenant', 'tenant.name'), object('customer'), object('event.data')],
  ];
  expect([told.status, told.body.warnings]).toEqual([201, warnings]);
  const params = { id: told.body.id };
  const patched = { ...{ params, headers: { 'if-match': '"1"' } }, body: { body: '{{ tenant.name }}' } };
  expect((await crm.ask('PATCH /v1/templates/{id}', patched)).body.warnings).toEqual(warnings.slice(0, 1));
  expect((await crm.ask('POST /v1/templates/{id}/preview', { params, body: {} })).body.text).toBe(crm.tenant);
  const refused = await crm.ask('POST /v1/templates', {
    body: { ...whole, body: '{{ event.propertis.sku }} {{ event.typ }}' },
  });
  expect(refused.body.errors.map(({ message }: { message: string }) => message)).toEqual([
    'there is no variable event.propertis; did you mean event.properties?, line:1, col:4',
    'there is no variable event.typ; did you mean event.type?, line:1, col:30',
  ]);
});

test('a date is the same day in every zone; a time is shown in the zone named, else the customer’s, else the company’s', async () => {
  const crm = slice(await world());
  await crm.settings({ timeZone: 'Asia/Tokyo' });
  const [ada, otto] = [await crm.customer({ timeZone: 'America/New_York' }), await crm.customer()];
  const shown = (input: string) => `{{ '${input}' | date: "%d.%m.%Y %H:%M" }}`;
  const day = `{{ '2026-05-12' | date: "%d.%m.%Y", "America/New_York" }} {{ '2026-05-12' | date: "%d.%m.%Y" }}`;
  const time = `{{ '2026-05-12T02:00:00Z' | date: "%d.%m.%Y %H:%M", "Asia/Singapore" }}`;
  const body = [day, time, shown('2026-05-12T02:00:00Z')].join(', ');
  for (const { id } of [ada, otto]) await crm.request(id, { topic: null, content: { subject: 'x', body } });
  await crm.idle();
  const textOf = async (email: string) => (await crm.outbox(email))[0].text;
  const same = '12.05.2026 12.05.2026, 12.05.2026 10:00';
  expect([await textOf(ada.email), await textOf(otto.email)]).toEqual([
    `${same}, 11.05.2026 22:00`,
    `${same}, 12.05.2026 11:00`,
  ]);
});

test('markup that the engine would pass over is refused in its place; all faults are named at once', async () => {
  const crm = slice(await world());
  const ask = (body: string) =>
    crm.ask('POST /v1/templates', { body: { name: 'x', channel: 'email', subject: 'x', body } });
  const refused: [string, string][] = [
    ['{{ customer.givenName | upcase: 1 }}', 'upcase takes 0 arguments, not 1'],
    ['{{ customer.givenName | append }}', 'append takes 1 argument, not 0'],
    ['{{ 10 | divided_by: 0 }}', 'divided_by cannot take 0'],
    ['{{ event.data.0.name }}', 'unexpected 0.name'],
    ['{% assign x = 1 - 2 %}', 'unexpected - 2'],
    ['{% if customer.givenName startswith "A" %}x{% endif %}', 'unexpected startswith'],
    ['{% if customer.givenName = "A" %}x{% endif %}', 'unexpected ='],
    ['{% case customer.kind %}{% when %}x{% endcase %}', 'expected a value, found the end'],
    ["{% for i in (1..4) limit: 'all' %}x{% endfor %}", 'limit takes a whole number'],
    ['{% liquid\n echo customer.givenName | shout\n%}', 'undefined filter: shout'],
  ];
  for (const [body, message] of refused) {
    const { status, body: told } = await ask(body);
    expect([status, told.errors?.[0]?.message.split(', line:')[0], body]).toEqual([422, message, body]);
  }
  const { body } = await ask('{{ a | b }}\n {% c %}\n{% comment %}{{ | }}{% endcomment %}{{ d | e }}');
  expect(body.errors.map(({ path, line, column }: Row) => [path, line, column])).toEqual([
    ['body', 1, 1],
    ['body', 2, 2],
    ['body', 3, 37],
  ]);
  const { body: unknown } = await ask(
    '{{ customer.nme }} {% assign a = 1 %}{{ a }} {{ nobody }} {{ run.data.x }} {{ customer.attributes.y.z }}',
  );
  expect(unknown.errors.map(({ line, column }: Row) => [line, column])).toEqual([
    [1, 4],
    [1, 49],
  ]);
});

test('whole numbers divide into whole numbers; what cannot be computed is not rendered', async () => {
  const crm = slice(await world());
  const { id } = await crm.template({
    body: '{{ event.data.a | divided_by: event.data.b }} {{ 10.1 | minus: 2.2 }} {{ "a  b" | split: " " | size }}',
  });
  const preview = (b: unknown) =>
    crm.ask('POST /v1/templates/{id}/preview', { params: { id }, body: { event: { data: { a: 5, b } } } });
  expect((await preview(3)).body.text).toBe('1 7.9 2');
  expect((await preview(0)).status).toBe(422);
});
