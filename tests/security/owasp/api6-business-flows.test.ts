import { expect, test } from 'vitest';
import { withoutLinks } from '../../../functions/shared/text/without-links.ts';
import { company } from '../public-company.ts';

/** a company that mails on what its trackers tell, and whose newsletters are confirmed */
const mailing = async () => {
  const crm = await company();
  const made = async (path: string, body: object) => {
    const reply = await crm.ask(path, { body });
    expect([path, reply.status]).toEqual([path, 201]);
    return reply.body.id as string;
  };
  const subject = 'Thank you at shop.example: {{ event.properties.title }}';
  const body = 'Dear {{ customer.givenName }}, thank you. {{ event.properties.title }}';
  const templateId = await made('POST /v1/templates', { name: 'thanks', channel: 'email', subject, body });
  const when = (event: string) => ({ 'detail-type': ['tracked.track'], detail: { data: { event: [event] } } });
  const then = [{ send: { templateId, topic: null } }];
  for (const event of ['Ordered', 'Paid', 'Returned'])
    await made('POST /v1/triggers', { name: event, when: when(event), then, state: 'active' });
  await crm.ask('PUT /v1/topics/{topic}', {
    params: { topic: 'news' },
    body: { name: 'News', channels: ['email'], category: 'marketing', doubleOptIn: true },
  });
  const track = async (events: string[], as = crm.publicKey, title = 'a gift', userId = 'u-7') => {
    const calls = events.map((event, nth) => ({ type: 'track', userId, event, properties: { title, nth } }));
    await crm.send('/v1/batch', { batch: calls }, as);
  };
  return { ...crm, track };
};

const times = (count: number, event: string) => Array.from({ length: count }, () => event);

test('a key of a page makes us send few messages to an address, also transactional ones; why is on record', async () => {
  const crm = await mailing();
  await crm.identify('u-7', { email: crm.email });
  await crm.track(times(8, 'Ordered'));
  expect((await crm.outbox(crm.email)).length).toBe(5);
  const [last] = (await crm.decisions()).filter(({ outcome }) => outcome === 'skipped');
  expect(last?.reasons.at(-1)).toContain('5 messages of one trigger to an address in a day');
  await crm.track([...times(5, 'Paid'), ...times(5, 'Returned')]);
  expect((await crm.outbox(crm.email)).length).toBe(10);
  await crm.identify('u-7', { email: crm.email }, crm.key);
  await crm.track(times(3, 'Ordered'), crm.key);
  expect((await crm.outbox(crm.email)).length).toBe(13);
  await crm.advance('P1D');
  await crm.track(['Ordered']);
  expect((await crm.outbox(crm.email)).length).toBe(14);
});

test('links that a tracker tells are in no subject and in no name', async () => {
  const crm = await mailing();
  await crm.identify('u-7', { email: crm.email });
  await crm.track(
    ['Ordered'],
    crm.publicKey,
    'win at http://evil.example/now or www.evil.example or evil.example today',
  );
  const [mail] = await crm.outbox(crm.email);
  expect(mail.subject).toBe('Thank you at shop.example: win at or or today');
  await crm.identify('u-8', { firstName: 'Win evil.example/x', lastName: 'St.John' });
  expect(await crm.byExternalId('u-8')).toMatchObject({ givenName: 'Win', familyName: 'St. John' });
});

test('a short message has the links of its template, and none that a tracker told', async () => {
  const crm = await company();
  const body =
    '{{ event.type }}, {{ customer.email }}: {{ event.properties.item }}. See https://shop.example/{{ event.properties.sku }}';
  const template = { name: 'Due', channel: 'sms', body };
  const templateId = (await crm.ask('POST /v1/templates', { body: template })).body.id;
  const then = [{ send: { templateId, topic: null } }];
  const when = { 'detail-type': ['tracked.track'] };
  await crm.ask('POST /v1/triggers', { body: { name: 'Due', when, then, state: 'active' } });
  await crm.identify('u-7', { email: crm.email });
  const properties = { item: 'Pay https://evil.com/pay or evil․com or a@evil[.]com', sku: 'ax-7' };
  await crm.send('/v1/track', { userId: 'u-7', event: 'Ordered', properties });
  const [sms] = await crm.outbox('+6591234567');
  expect(sms?.text).toBe(`tracked.track, ${crm.email}: Pay or or. See https://shop.example/ax-7`);
});

test.each([
  ['HTTP://Evil.example/x?y now', 'now'],
  ['evil.com', ''],
  ['J.P.Morgan', 'J. P. Morgan'],
  ['12.50 for v1.2.3', '12.50 for v1.2.3'],
  ['at 10.0.0.1/x', 'at'],
  ['evil。example', ''],
  ['evil․com/pay', ''],
  ['pay at evil[.]com/x now', 'pay at now'],
  ['evil (dot) com', ''],
  ['ev\u200Bil.com', ''],
  ['write to user@evil.com', 'write to'],
  ['mailto:user@evil.com', ''],
  ['Tan (St. John) pays 12.50 [approx.] today', 'Tan (St. John) pays 12.50 [approx.] today'],
])('%s without links is "%s"', (given, expected) => expect(withoutLinks(given)).toBe(expected));

test('an address that only a key of a page named gets one request to confirm, and then what it confirmed', async () => {
  const crm = await mailing();
  const email = `eve@${crm.tenant}.example`;
  const told = { userId: 'u-7', traits: { email }, context: { consent: { categoryPreferences: { marketing: true } } } };
  await crm.send('/v1/identify', told);
  await crm.track(['Ordered']);
  expect((await crm.outbox(email)).map(({ subject }) => subject)).toEqual(['Please confirm: News']);
  const { id } = await crm.byExternalId('u-7');
  const skipped = (await crm.decisions(id)).find(({ kind, outcome }) => kind === 'message' && outcome === 'skipped');
  expect(skipped?.reasons[0]).toContain('only a public write key named the address');
  const [, link] = /(http\S+\/confirm-consent\/\S+)/.exec((await crm.outbox(email))[0].text) ?? [];
  expect((await fetch(link ?? '', { method: 'POST' })).status).toBe(200);
  await crm.track(['Paid']);
  expect((await crm.outbox(email)).length).toBe(2);
});

test('a key of a page does not grant again what the customer withdrew; the refusal is on record', async () => {
  const crm = await mailing();
  const on = { id: crm.id, channel: 'email', topic: 'news' };
  const put = { params: on, body: { status: 'withdrawn', source: 'letter' } };
  await crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', put);
  const context = { consent: { categoryPreferences: { marketing: true } } };
  for (const nth of [1, 2])
    await crm.send('/v1/identify', { userId: 'u-7', messageId: `m${nth}`, traits: { email: crm.email }, context });
  const { body } = await crm.ask('GET /v1/customers/{id}/consents', { params: { id: crm.id } });
  expect(body.items).toMatchObject([{ topic: 'news', status: 'withdrawn' }]);
  const refused = (await crm.decisions()).filter(({ kind }) => kind === 'consent');
  expect(refused).toMatchObject([{ outcome: 'refused', reasons: [expect.stringContaining('news')] }]);
});
