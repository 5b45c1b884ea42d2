import { type Browser, chromium as engine } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portal } from '../portal/portal-world.ts';
import { chromium } from '../reference/chromium.ts';
import { desk } from '../service/desk-world.ts';
import { world } from '../world.ts';

if (!chromium) console.log('no Chromium on this machine: the tests of the help centre are skipped');

const article = {
  title: 'How to descale a kettle',
  body: '# Descaling\n\nFill the kettle with water and **citric acid**. Boil it.\n\n- rinse it\n- <script>alert(1)</script>',
  language: 'en',
  audience: 'public',
};

const shots = process.env.RAPPORT_SHOTS;

const centre = async () => {
  const crm = desk(portal(await world()));
  const publish = async (body: object) => {
    const { id } = await crm.done(crm.ask('POST /v1/articles', { body }));
    await crm.done(crm.ask('POST /v1/articles/{id}/publish', { params: { id } }));
    return id as string;
  };
  const id = await publish(article);
  const secret = await publish({ ...article, title: 'For staff: discounts on kettles', audience: 'staff' });
  const brand = { name: 'Kettle & Co', colour: '#7a1f5c' };
  await crm.done(crm.ask('PUT /v1/brands/{id}', { params: { id: 'kettles' }, body: brand }));
  const switched = (enabled: boolean) =>
    crm.done(crm.ask('PUT /v1/settings/help-centre', { body: { enabled, brandId: 'kettles' } }));
  await switched(true);
  return {
    ...(crm as unknown as ReturnType<typeof portal> & typeof crm),
    id,
    secret,
    switched,
    at: `/v1/help/${crm.tenant}`,
  };
};

test('without being switched on there is no help centre; a draft and what is for staff is never shown', async () => {
  const crm = await centre();
  const open = (path: string) => crm.ask(`GET ${path}`, { token: null });
  expect((await open(`${crm.at}/articles/${crm.id}`)).status).toBe(200);
  expect((await open(`${crm.at}/articles/${crm.secret}`)).status).toBe(404);
  expect((await open(`${crm.at}/articles/art_none`)).status).toBe(404);
  for (const q of ['', '?q=discounts+on+kettles']) expect((await open(crm.at + q)).body).not.toContain('For staff');
  await crm.ask('PATCH /v1/articles/{id}', { params: { id: crm.id }, body: { body: 'Not yet', audience: 'staff' } });
  expect((await open(`${crm.at}/articles/${crm.id}`)).body).toContain('citric acid');
  await crm.switched(false);
  expect((await open(crm.at)).status).toBe(404);
  expect((await open('/v1/help/nobody')).status).toBe(404);
  const unknown = await crm.ask('PUT /v1/settings/help-centre', { body: { enabled: true, brandId: 'none' } });
  expect([unknown.status, unknown.body.errors[0].path]).toEqual([422, 'brandId']);
});

describe.skipIf(!chromium)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await engine.launch({ executablePath: chromium as string, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser?.close());

  const opened = async (url: string, { script = false, locale = 'en' } = {}) => {
    const context = await browser.newContext({
      javaScriptEnabled: script,
      locale,
      viewport: { width: 360, height: 640 },
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(String(error)));
    await page.goto(url);
    const shoot = async (name: string) => shots && page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
    return { page, complaints, shoot };
  };
  type Page = Awaited<ReturnType<typeof opened>>['page'];

  /** what tools for accessibility complain of most: a name for each field, one first heading in order, landmarks, a language */
  const accessible = async (page: Page) => {
    const faults = (await page.evaluate(`(() => {
      const seen = node => node.offsetParent !== null;
      const all = query => [...document.querySelectorAll(query)].filter(seen);
      const unnamed = all('input:not([type=hidden]),select,textarea').filter(one => !one.labels.length).map(one => one.outerHTML);
      const silent = all('button,a').filter(one => !one.textContent.trim()).map(one => one.outerHTML);
      const levels = all('h1,h2,h3,h4').map(one => Number(one.tagName[1]));
      const jumps = levels.filter((level, nth) => nth && level > levels[nth - 1] + 1);
      const ids = [...document.querySelectorAll('[id]')].map(one => one.id);
      return [...unnamed, ...silent, ...jumps, ...ids.filter((id, nth) => ids.indexOf(id) !== nth),
        ...(levels.filter(level => level === 1).length === 1 && levels[0] === 1 ? [] : ['first heading']),
        ...(document.querySelectorAll('main').length === 1 && document.documentElement.lang ? [] : ['main or language']),
        ...(document.documentElement.scrollWidth <= 360 ? [] : ['wider than a telephone'])];
    })()`)) as unknown[];
    expect(faults).toEqual([]);
  };

  test('a question is answered, and a request sent that becomes a case, without JavaScript', async () => {
    const crm = await centre();
    const { page, complaints, shoot } = await opened(crm.url + crm.at);
    await accessible(page);
    await page.getByLabel('Search or ask a question').fill('How do I descale my kettle?');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('heading', { name: 'Answer' }).waitFor();
    await accessible(page);
    await shoot('answer');
    await page.getByRole('link', { name: article.title }).first().click();
    await page.getByRole('heading', { level: 1, name: article.title }).waitFor();
    await page.getByText('<script>alert(1)</script>').waitFor();
    await accessible(page);
    await shoot('article');
    await page.getByRole('link', { name: 'Help' }).click();
    await page.getByLabel('Search or ask a question').fill('Where is my parcel?');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('We found no answer to this.').waitFor();
    await page.locator('main').getByRole('link', { name: 'Ask us' }).click();
    expect(await page.getByLabel('Your message').inputValue()).toBe('Where is my parcel?');
    const email = `ada@${crm.tenant}.example`;
    await page.getByLabel('Your e-mail address').fill(email);
    await accessible(page);
    await shoot('request');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('status').getByText(email).waitFor();
    await crm.idle();
    const { items } = (await crm.ask('GET /v1/cases')).body;
    expect(items).toMatchObject([{ subject: 'Where is my parcel?', channel: 'form', from: { email } }]);
    expect((await crm.ask('GET /v1/knowledge/gaps')).body.items).toMatchObject([{ count: 1 }]);
    expect(complaints.filter(text => !text.includes('favicon'))).toEqual([]);
    expect(await page.title()).toContain('Kettle & Co');
  });

  test('a form without a message keeps what was entered, in the language of the browser', async () => {
    const crm = await centre();
    const { page, shoot } = await opened(`${crm.url}${crm.at}/requests`, { locale: 'de-AT' });
    await page.getByLabel('Ihr Name').fill('Ada');
    await page.getByLabel('Ihre E-Mail-Adresse').fill('ada@example.com');
    await page.getByLabel('Ihre Nachricht').fill('   ');
    await page.getByRole('button', { name: 'Senden' }).click();
    await page.getByText('Bitte geben Sie').waitFor();
    expect(await page.getByLabel('Ihr Name').inputValue()).toBe('Ada');
    await accessible(page);
    await shoot('german');
  });

  test('a customer signs in with a code, replies to its case, books a time and signs out', async () => {
    const crm = await centre();
    const hours = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map(day => [day, [['09:00', '12:00']]]));
    const put = (path: string, id: string, body: object) =>
      crm.done(crm.ask(`PUT /v1/${path}/{id}`, { params: { id }, body }));
    await put('calendars', 'office', { timeZone: 'Asia/Singapore', hours });
    await put('staff', 'sue', { name: 'Sue' });
    await put('appointment-types', 'visit', { name: 'Visit', staff: ['sue'], calendarId: 'office' });
    const ada = await crm.person();
    const { id } = (await crm.as(ada, 'POST /v1/me/cases', { body: { subject: 'Second lid', description: 'How?' } }))
      .body;
    const bill = { customerId: ada.id, number: 'R-1', total: { amount: 4_900, currency: 'EUR' } };
    await crm.done(crm.ask('POST /v1/invoices', { body: { ...bill, issuedOn: '2026-11-15', dueOn: '2099-12-15' } }));
    await crm.idle();
    await crm.done(crm.tell(id, 'reply', { body: 'In any shop.' }));
    const { page, complaints, shoot } = await opened(`${crm.url}${crm.at}/me`, { script: true });
    await accessible(page);
    await shoot('sign-in');
    await page.getByLabel('Your e-mail address').fill(ada.email);
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await page.getByText('a code is on its way').waitFor();
    await crm.idle();
    const mails = await crm.outbox(ada.email);
    const code = mails.map(({ text }) => /code is (\d{6})/.exec(text)?.[1]).find(Boolean);
    await page.getByLabel('Code', { exact: true }).fill(code as string);
    await page.getByRole('button', { name: 'Sign in with the code' }).click();
    await page.getByRole('button', { name: /Second lid/ }).click();
    await page.getByText('In any shop.').waitFor();
    await page.getByText('R-1: €49.00, to pay').waitFor();
    await accessible(page);
    await page.getByLabel('Your reply').fill('Thank you');
    await page.locator('#case').getByRole('button', { name: 'Send' }).click();
    await page.locator('#case').getByText('Thank you').waitFor();
    await page.getByRole('button', { name: /Book an appointment: Visit/ }).click();
    await page.getByLabel('Choose a time').waitFor();
    await shoot('own');
    await page.locator('#slots').getByRole('button', { name: 'Book an appointment' }).click();
    await page.getByText('Your appointment is booked.').waitFor();
    await page.locator('#booked').getByText('Visit').waitFor();
    expect((await crm.thread(id)).map(({ body }) => body)).toContain('Thank you');
    expect((await crm.as(ada, 'GET /v1/me/appointments')).body.items).toMatchObject([
      { typeId: 'visit', state: 'booked' },
    ]);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download my data' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('my-data.ndjson');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Send me a code' }).waitFor();
    expect(await page.content()).not.toContain('Second lid');
    expect(complaints.filter(text => !text.includes('favicon'))).toEqual([]);
  });
});
