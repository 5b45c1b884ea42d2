import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { privacyWorld } from './privacy-world.ts';

test('a grant with double opt-in counts once it is confirmed: by the button, not by opening the link', async () => {
  const crm = privacyWorld(await world());
  await crm.topic('news', { doubleOptIn: true, validity: 'P1Y' });
  const ada = await crm.customer();
  const asked = await crm.say(ada.id, { proof: { form: 'f-1' }, wording: { text: 'I want <news>' } });
  expect([asked.status, asked.body.status]).toEqual([200, 'pending']);
  expect(asked.body).not.toHaveProperty('request');
  expect(await crm.reaches(ada.id)).toMatch(/^no consent to news by email: pending on/);
  expect(await crm.timeline(ada.id, 'consent.requested')).toMatchObject([{ data: { topic: 'news', source: 'form' } }]);
  expect(JSON.stringify(await crm.timeline(ada.id))).not.toContain('confirm-consent');

  const link = await crm.linkTo(ada.email, 'confirm-consent');
  const page = await crm.open(link);
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.body).toContain('<form method="post">');
  expect(page.body).toContain('I want &#60;news&#62;');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect((await crm.consents(ada.id))[0]).toMatchObject({ status: 'pending' });

  const done = await crm.form(link);
  expect([done.status, done.body]).toEqual([200, expect.stringContaining('Thank you')]);
  const [consent] = await crm.consents(ada.id);
  expect(consent).toMatchObject({
    status: 'granted',
    proof: { form: 'f-1' },
    confirmation: { confirmedAt: expect.any(String), requestId: expect.any(String) },
    by: `customer:${ada.id}`,
    expiresAt: expect.any(String),
  });
  expect(consent).not.toHaveProperty('confirmBy');
  expect(Object.keys(consent?.confirmation as unknown as object).sort()).toEqual([
    'askedAt',
    'confirmedAt',
    'requestId',
  ]);
  expect(await crm.reaches(ada.id)).toBe('yes');
  expect((await crm.form(link)).body).toContain('Thank you'); // again is harmless
  expect((await crm.history(ada.id)).map(({ status }) => status)).toEqual(['granted', 'pending']);
  expect((await crm.say(ada.id, { source: 'renewal' })).body.status).toBe('granted');
});

test('a link that was used, withdrawn, expired or altered confirms nothing and shows why', async () => {
  const crm = privacyWorld(await world());
  await crm.topic('news', { doubleOptIn: true });
  const [ada, eve] = [await crm.customer(), await crm.customer()];
  for (const { id } of [ada, eve]) await crm.say(id, {});
  await crm.idle();
  const [link, other] = [
    await crm.linkTo(ada.email, 'confirm-consent'),
    await crm.linkTo(eve.email, 'confirm-consent'),
  ];
  await crm.say(ada.id, { status: 'withdrawn' });
  for (const told of [await crm.open(link), await crm.form(link)]) {
    expect([told.status, told.body]).toEqual([410, expect.stringContaining('no longer valid')]);
  }
  await crm.say(ada.id, {}); // asked anew: the old link does not count for the new request
  expect((await crm.form(link)).status).toBe(410);

  await crm.advance('P8D');
  expect((await crm.form(other)).status).toBe(410);
  expect((await crm.consents(eve.id))[0]?.status).toBe('pending');
  for (const bad of [`${other}x`, other.replace('.', 'A.'), '/v1/confirm-consent/x']) {
    for (const told of [await crm.open(bad), await crm.form(bad)]) {
      expect([told.status, told.body]).toEqual([404, expect.stringContaining('This link is not valid')]);
    }
  }
});

test('staff can request any consent within limits; a channel without links is rejected unless confirmed by other means', async () => {
  const crm = privacyWorld(await world());
  await crm.topic('gold', { doubleOptIn: true, channels: ['email', 'sms', 'post'] });
  const ada = await crm.customer();
  const eve = await crm.customer({ phone: '+6561234567' });
  for (let nth = 0; nth < 3; nth++) {
    const asked = await crm.requestConsent(ada.id);
    expect([asked.status, asked.body.status]).toEqual([200, 'pending']);
  }
  const often = await crm.requestConsent(ada.id);
  expect([often.status, often.body.code]).toEqual([429, 'consent.asked-too-often']);
  expect(Number(often.headers.get('retry-after'))).toBeGreaterThan(80_000);
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(3);
  expect((await crm.form(await crm.linkTo(ada.email, 'confirm-consent'))).status).toBe(200);
  expect(await crm.refusal(crm.requestConsent(ada.id))).toEqual([409, 'consent.granted']);

  expect(await crm.refusal(crm.requestConsent(ada.id, 'sms'))).toEqual([409, 'consent.no-address']);
  expect((await crm.say(eve.id, {}, 'sms', 'gold')).body.status).toBe('pending');
  await crm.idle();
  expect((await crm.form(await crm.linkTo('+6561234567', 'confirm-consent'))).status).toBe(200);
  expect(await crm.reaches(eve.id, 'sms', 'gold')).toBe('yes');
  expect(await crm.refusal(crm.say(eve.id, {}, 'post', 'gold'))).toEqual([409, 'consent.not-askable']);
  const paper = { confirmed: true, proof: { confirmed: 'signed form 7' } };
  expect((await crm.say(eve.id, paper, 'post', 'gold')).body.status).toBe('granted');
  // a grant beyond the limit waits for a link that was sent already
  for (let nth = 0; nth < 5; nth++) expect((await crm.say(ada.id, {}, 'email', 'gold')).body.status).toBe('pending');
  await crm.idle();
  expect(await crm.outbox(ada.email)).toHaveLength(6);
});

test('IP address and browser of a confirmation are stored only if the company has set so', async () => {
  const crm = privacyWorld(await world());
  const body = { name: 'Auto Inc.', colour: '#1a4fb4', keepNetwork: true };
  expect((await crm.ask('PUT /v1/settings/preferences', { body })).status).toBe(200);
  const ada = await crm.customer();
  await crm.requestConsent(ada.id);
  await crm.idle();
  const link = await crm.linkTo(ada.email, 'confirm-consent');
  expect((await crm.open(link)).body).toContain('Auto Inc.');
  await crm.form(link);
  expect((await crm.consents(ada.id))[0]?.confirmation).toMatchObject({ userAgent: 'tests', ip: expect.any(String) });
});
