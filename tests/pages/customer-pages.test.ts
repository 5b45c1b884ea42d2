import { expect, test } from 'vitest';
import { de } from '../../functions/consent/phrases/de.ts';
import { en, type Phrases } from '../../functions/consent/phrases/en.ts';
import { es } from '../../functions/consent/phrases/es.ts';
import { fr } from '../../functions/consent/phrases/fr.ts';
import { zh } from '../../functions/consent/phrases/zh.ts';
import { privacyWorld } from '../consent/privacy-world.ts';
import { desk } from '../service/desk-world.ts';
import { world } from '../world.ts';

const languages: Record<string, Phrases> = { en, de, fr, es, zh };

const logo = 'https://img.auto.example/logo.svg?a=1&b=2';

const brand = { name: 'Auto & Söhne', colour: '#7a1f5c', languages: Object.keys(languages) };

const text = (html: string) =>
  html
    .replace(/<style>.*?<\/style>|<[^>]+>/gs, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');

type Shown = { what: string; html: string };

/** English phrases that a page or mail shows although its language has others */
const left = (language: string, { html }: Shown) =>
  (Object.keys(en) as (keyof Phrases)[])
    .filter(name => en[name] !== languages[language]?.[name])
    .filter(name => text(html).includes(en[name].split('…').sort((a, b) => b.length - a.length)[0] ?? ''))
    .filter(name => !Object.values(languages[language] ?? {}).some(phrase => phrase.includes(en[name])));

/** every page and mail that a customer of a language meets */
const shownTo = async (crm: Awaited<ReturnType<typeof company>>, locale: string): Promise<Shown[]> => {
  const shown: Shown[] = [];
  const see = (what: string, { body }: { body: string }) => shown.push({ what, html: body });
  const { id, email } = await crm.customer({ locale, email: `${locale.toLowerCase()}@${crm.tenant}.example` });
  await crm.requestConsent(id);
  await crm.idle();
  const confirm = await crm.linkTo(email, 'confirm-consent');
  see('confirmation', await crm.open(confirm));
  see('confirmed', await crm.form(confirm));
  await crm.request(id);
  const opened = await crm.open_({ customerId: id, subject: 'X-7', description: '1' });
  await crm.ask('POST /v1/portal/sign-in', { token: null, body: { tenant: crm.tenant, email } });
  const { token } = (await crm.ask('POST /v1/customers/{id}/tokens', { params: { id }, body: {} })).body;
  for (const [verb, body] of [
    ['accept', {}],
    ['reject', { reason: 'X' }],
  ] as const) {
    const asked = await crm.ask('POST /v1/me/change-requests', { token, body: { familyName: `Lim ${verb}` } });
    await crm.done(crm.ask(`POST /v1/proposals/{id}/${verb}`, { params: { id: asked.body.proposal.id }, body }));
  }
  await crm.idle();
  await crm.done(crm.tell(opened.id, 'reply', { body: 'OK', from: 'agent' }));
  await crm.done(crm.tell(opened.id, 'resolve', { resolution: 'OK' }));
  await crm.idle();
  const rating = await crm.linkTo(email, 'satisfaction');
  see('rating', await crm.open(rating));
  see('rating without an answer', await crm.form(`${rating}/form`, { comment: '1' }));
  see('rated', await crm.form(`${rating}/form`, { score: '5' }));
  see('rated before', await crm.form(`${rating}/form`, { score: '1' }));
  expect(await crm.read(opened.id)).toMatchObject({ satisfaction: { score: 5, comment: null } });
  const unsubscribe = await crm.linkTo(email, 'unsubscribe');
  see('unsubscribe', await crm.open(unsubscribe));
  see('unsubscribed', await crm.form(unsubscribe));
  const link = (await crm.ask('POST /v1/customers/{id}/preferences-link', { params: { id } })).body.url as string;
  const { pathname, search } = new URL(link);
  see('preferences', await crm.open(pathname + search));
  see('preferences saved', await crm.form(pathname + search, { do: 'end-all' }));
  see('used link', await crm.open(confirm));
  for (const mail of await crm.outbox(email)) shown.push({ what: `mail ${mail.subject}`, html: mail.html });
  return shown;
};

const company = async () => {
  const crm = await world();
  const [{ open: open_, ...service }, consent] = [desk(crm), privacyWorld(crm)];
  const names = Object.fromEntries(Object.keys(languages).map(language => [language, `Topic-${language}`]));
  await consent.topic('news', { name: 'News', names });
  expect((await crm.ask('PUT /v1/settings/preferences', { body: brand })).status).toBe(200);
  return { ...service, ...consent, open_ };
};

test('every page and mail has the brand and the language of the customer, and none of the words of another', async () => {
  const crm = await company();
  await Promise.all(
    Object.keys(languages).map(async language => {
      for (const one of await shownTo(crm, language)) {
        const { what, html } = one;
        const about = `${language} ${what}`;
        expect([about, html.includes(`lang="${language}"`)]).toEqual([about, true]);
        expect([about, text(html).includes(brand.name), html.includes(brand.colour)]).toEqual([about, true, true]);
        expect([about, /<script/.test(html) || /\bnews\b/.test(text(html))]).toEqual([about, false]);
        expect([about, left(language, one)]).toEqual([about, []]);
        if (/confirm|unsubscribe/.test(what)) expect(text(html)).toContain(`Topic-${language}`);
      }
    }),
  );
});

test('a logo stands in place of the name, which is its text, and is all that a page may load', async () => {
  const crm = await company();
  const put = (more: object) => crm.ask('PUT /v1/settings/preferences', { body: { ...brand, ...more } });
  for (const wrong of ['http://img.auto.example/logo.svg', 'https://img.auto.example:99999/logo.svg'])
    expect((await put({ logo: wrong })).body.errors).toMatchObject([{ path: 'logo' }]);
  await put({ logo });
  const { id, email } = await crm.customer();
  await crm.requestConsent(id);
  await crm.idle();
  const page = await crm.open(await crm.linkTo(email, 'confirm-consent'));
  const [mail] = await crm.outbox(email);
  for (const html of [page.body, mail.html]) {
    expect(html).toMatch(/<img src="https:\/\/img\.auto\.example\/logo\.svg\?a=1&#38;b=2" alt="Auto &#38; Söhne"/);
  }
  expect(page.headers.get('content-security-policy')).toContain('img-src https://img.auto.example;');
});

test('an invalid link is explained in the language of the browser, on every page', async () => {
  const crm = await company();
  const headers = { 'accept-language': 'xx;q=1, de-CH,de;q=0.9,en;q=0.8' };
  for (const path of ['unsubscribe/x', 'satisfaction/x', 'confirm-consent/x', 'preferences?token=x']) {
    const { status, body } = await crm.ask(`GET /v1/${path}`, { token: null, headers });
    expect([path, status, body.includes(de.invalidTitle), body.includes('lang="de-CH"')]).toEqual([
      path,
      404,
      true,
      true,
    ]);
  }
});

test('a company adds a language and own words; a customer of unknown language gets the first one of the company', async () => {
  const crm = await company();
  const phrases = { it: { unsubscribe: 'Disiscriviti', hello: 'Salve,', dear: 'Ciao …,' } };
  await crm.ask('PUT /v1/settings/preferences', { body: { ...brand, languages: ['it', 'de'], phrases } });
  const [ada, otto] = [await crm.customer(), await crm.customer({ locale: 'de_AT' })];
  for (const { id } of [ada, otto]) await crm.requestConsent(id);
  await crm.idle();
  const [mail, other] = [(await crm.outbox(ada.email))[0], (await crm.outbox(otto.email))[0]];
  expect([mail.text, other.text]).toEqual([
    expect.stringContaining('Ciao Ada,'),
    expect.stringContaining('Guten Tag Ada,'),
  ]);
});

type Mail = { headers: { name: string; value: string }[] };

const headerOf = ({ headers }: Mail, wanted: string) => headers.find(({ name }) => name === wanted)?.value;

test('a customer of unknown language is answered in the language of what it wrote', async () => {
  const crm = await company();
  const { id, email } = await crm.customer();
  const description = 'Guten Tag, ich habe eine Frage: wie ist das mit der Garantie für mein Auto?';
  const opened = await crm.open_({ customerId: id, description });
  await crm.idle();
  await crm.done(crm.tell(opened.id, 'resolve'));
  await crm.idle();
  const [received, rating] = await crm.outbox(email);
  expect([received.text, received.html]).toEqual([
    expect.stringContaining(de.hello.slice(0, 9)),
    expect.stringContaining('lang="de"'),
  ]);
  expect((await crm.open(new URL(/https?:\S+/.exec(rating.text)![0]).pathname)).body).toContain(de.ratingQuestion);
});

test('replies come to the case of the mail, and are invited where the company says so; due times are in the zone of the hours promised', async () => {
  const crm = await company();
  const [hours, day] = [[['00:00', '24:00']], ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']];
  await crm.calendar('always', { timeZone: 'Asia/Tokyo', hours: Object.fromEntries(day.map(one => [one, hours])) });
  await crm.policy('all', { name: 'All', rank: 1, firstResponse: 'PT4H', calendarId: 'always' });
  const mailsOf = async () => {
    const { id, email } = await crm.customer({ locale: 'de' });
    const opened = await crm.open_({ customerId: id });
    await crm.idle();
    await crm.done(crm.tell(opened.id, 'resolve'));
    await crm.idle();
    return crm.outbox(email);
  };
  const [received, rating] = await mailsOf();
  const submitted = (mail: Mail) => headerOf(mail, 'Auto-Submitted');
  expect([submitted(received), submitted(rating)]).toEqual(['auto-replied', 'auto-generated']);
  expect(received.text).toMatch(/bis .* (GMT\+9|JST) erwarten/);
  for (const mail of [received, rating]) expect(headerOf(mail, 'Reply-To')).toMatch(/^[^@]+\+[^@]+@/);
  expect(rating.text).not.toContain(de.unresolvedReply);
  await crm.ask('PUT /v1/settings/preferences', { body: { ...brand, repliesTo: 'help@auto.example' } });
  const [, invited] = await mailsOf();
  expect(invited.text).toContain(de.unresolvedReply);
});
