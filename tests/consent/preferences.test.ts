import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { privacyWorld } from './privacy-world.ts';

const at = (url: string) => {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
};

const linkFor = async (crm: ReturnType<typeof privacyWorld>, id: string): Promise<string> => {
  const { status, body } = await crm.ask('POST /v1/customers/{id}/preferences-link', { params: { id } });
  expect([status, Date.parse(body.expiresAt) > Date.parse(await crm.now())]).toEqual([201, true]);
  return at(body.url);
};

test('the page shows every topic by channel with its state, and saves checked and unchecked boxes', async () => {
  const crm = privacyWorld(await world());
  await crm.topic('news', { name: 'News & more', description: 'Once a month', names: { de: 'Neues' } });
  await crm.topic('tips', { name: 'Tips', channels: ['email'], basis: 'legitimate-interests' });
  await crm.topic('bills', { name: 'Bills', channels: ['email'], basis: 'contract' });
  await crm.topic('secret', { name: 'Secret', channels: ['email'], hidden: true });
  const ada = await crm.customer();
  const path = await linkFor(crm, ada.id);
  const page = await crm.open(path);
  expect(page.status).toBe(200);
  expect(page.body).toContain('News &#38; more');
  expect(page.body).toContain('Always on');
  expect(page.body).not.toContain('Secret');
  expect(page.body).not.toContain(ada.email);
  expect(page.body.match(/value="([^"]+)"[^>]* checked/g)).toEqual(['value="email/tips" checked']);

  const shown: [string, string][] = ['email/news', 'sms/news', 'email/tips'].map(name => ['shown', name]);
  const saved = await crm.form(path, [
    ...shown,
    ['on', 'email/news'],
    ['channel', 'sms'],
    ['language', ''],
    ['do', 'save'],
  ]);
  expect([saved.status, saved.body]).toEqual([200, expect.stringContaining('Your preferences are saved.')]);
  const standing = async () =>
    (await crm.consents(ada.id)).map(one => `${one.channel}/${one.topic} ${one.status}`).sort();
  expect(await standing()).toEqual(['email/bills granted', 'email/news granted', 'email/tips withdrawn']);
  expect((await crm.history(ada.id))[0]).toMatchObject({ source: 'preference page', by: `customer:${ada.id}` });
  const read = await crm.ask('GET /v1/customers/{id}', { params: { id: ada.id } });
  expect(read.body.preferredChannel).toBe('sms');
  // a form that was opened before a topic was declared leaves the topic alone
  await crm.form(path, [
    ['shown', 'sms/news'],
    ['on', 'email/tips'],
    ['on', 'email/secret'],
    ['channel', 'pigeon'],
  ]);
  expect(await standing()).toEqual(['email/bills granted', 'email/news granted', 'email/tips withdrawn']);
  expect((await crm.history(ada.id)).length).toBe(1);
});

test('one button unsubscribes from everything optional, declared or not', async () => {
  const crm = privacyWorld(await world());
  await crm.topic('tips', { name: 'Tips', channels: ['email'], basis: 'legitimate-interests' });
  await crm.topic('bills', { name: 'Bills', channels: ['email'], basis: 'contract' });
  const ada = await crm.customer();
  await crm.say(ada.id, {}, 'sms', 'undeclared');
  await crm.requestConsent(ada.id, 'email', 'asked');
  const done = await crm.form(await linkFor(crm, ada.id), { do: 'end-all' });
  expect(done.body).toContain('unsubscribed from everything');
  const standing = (await crm.consents(ada.id)).map(one => `${one.channel}/${one.topic} ${one.status}`).sort();
  expect(standing).toEqual([
    'email/asked withdrawn',
    'email/bills granted',
    'email/tips withdrawn',
    'sms/undeclared withdrawn',
  ]);
  expect(await crm.reaches(ada.id, 'email', 'tips')).toMatch(/^no consent to tips/);
});

test('a choice that needs confirmation is shown as pending; one that cannot be confirmed is reported as not saved', async () => {
  const crm = privacyWorld(await world());
  await crm.topic('news', { doubleOptIn: true });
  const ada = await crm.customer();
  const path = await linkFor(crm, ada.id);
  const ticks: [string, string][] = [
    ['shown', 'email/news'],
    ['on', 'email/news'],
    ['shown', 'sms/news'],
  ];
  expect((await crm.form(path, ticks)).body).toContain('We sent you a link');
  expect((await crm.open(path)).body).toContain('Waiting for you to confirm it');
  expect((await crm.form(path, [...ticks, ['on', 'sms/news']])).body).toContain('could not be saved');
  await crm.idle();
  await crm.form(await crm.linkTo(ada.email, 'confirm-consent'));
  expect(await crm.reaches(ada.id)).toBe('yes');
});

test('a message has the link where its template includes it, and so has the unsubscribe page', async () => {
  const crm = privacyWorld(await world());
  await crm.topic('news', { name: 'The news' });
  const ada = await crm.customer();
  await crm.say(ada.id, {});
  await crm.request(ada.id, { content: { subject: 'News', body: 'Choose: {{ preferencesUrl }} ' } });
  await crm.idle();
  expect((await crm.open(await crm.linkTo(ada.email, 'preferences'))).body).toContain('The news');
  const unsubscribe = await crm.open(await crm.linkTo(ada.email, 'unsubscribe'));
  const href = /href="([^"]+\/v1\/preferences[^"]+)"/.exec(unsubscribe.body)?.[1] ?? '';
  expect((await crm.open(at(href))).body).toContain('The news');
});

test('a link that was expired, revoked or altered opens nothing and shows why, also for an erased customer', async () => {
  const crm = privacyWorld(await world());
  await crm.topic('news');
  const ada = await crm.customer();
  const path = await linkFor(crm, ada.id);
  for (const bad of ['/v1/preferences', '/v1/preferences?token=x', `${path}x`]) {
    for (const told of [await crm.open(bad), await crm.form(bad, { do: 'end-all' })]) {
      expect([told.status, told.body]).toEqual([404, expect.stringContaining('This link is not valid')]);
    }
  }
  const confirm = await crm.requestConsent(ada.id);
  expect(confirm.status).toBe(200);
  await crm.idle();
  // a link for something else opens nothing either
  const token = (await crm.linkTo(ada.email, 'confirm-consent')).split('/').at(-1);
  expect((await crm.open(`/v1/preferences?token=${token}`)).status).toBe(404);
  await crm.advance('PT1S');
  await crm.ask('POST /v1/customers/{id}/tokens/revoke', { params: { id: ada.id } });
  expect((await crm.open(path)).status).toBe(410);
  const fresh = await linkFor(crm, ada.id);
  expect((await crm.open(fresh)).status).toBe(200);
  await crm.advance('P8D');
  for (const told of [await crm.open(fresh), await crm.form(fresh, { do: 'end-all' })]) {
    expect([told.status, told.body]).toEqual([410, expect.stringContaining('no longer valid')]);
  }
});

test('the page has the name, colour and texts of the company; a colour with low contrast is rejected', async () => {
  const crm = privacyWorld(await world());
  await crm.topic('news', { names: { de: 'Neuigkeiten' } });
  const put = (body: Record<string, unknown>) => crm.ask('PUT /v1/settings/preferences', { body });
  const rules = {
    name: 'Auto <Inc.>',
    colour: '#1a4fb4',
    languages: ['en', 'de'],
    phrases: { de: { title: 'Ihre Einstellungen' } },
  };
  expect((await put(rules)).body).toMatchObject({ ...rules, keepNetwork: false, version: 1 });
  expect((await crm.ask('GET /v1/settings/preferences')).body.name).toBe('Auto <Inc.>');
  const ada = await crm.customer({ locale: 'de-AT' });
  const { body } = await crm.open(await linkFor(crm, ada.id));
  for (const part of ['lang="de-AT"', 'Ihre Einstellungen', 'Auto &#60;Inc.&#62;', 'Neuigkeiten', '#1a4fb4', 'Deutsch'])
    expect(body).toContain(part);
  expect(await crm.refusal(put({ colour: '#ffff00', phrases: { de: { titel: 'x' } } }))).toEqual([
    422,
    'request.invalid',
    'colour',
    'phrases.de.titel',
  ]);
});
