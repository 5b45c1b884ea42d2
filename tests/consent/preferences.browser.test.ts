import { type Browser, chromium as engine } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium } from '../reference/chromium.ts';
import { desk } from '../service/desk-world.ts';
import { world } from '../world.ts';
import { privacyWorld } from './privacy-world.ts';

if (!chromium) console.log('no Chromium on this machine: the tests of the preference page are skipped');

describe.skipIf(!chromium)('the preference page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await engine.launch({ executablePath: chromium as string, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser?.close());

  const visited = async () => {
    const crm = privacyWorld(await world());
    await crm.topic('news', { name: 'News', description: 'Once a month' });
    await crm.topic('tips', { name: 'Tips', channels: ['email'] });
    const ada = await crm.customer();
    await crm.say(ada.id, {}, 'email', 'tips');
    const { body } = await crm.ask('POST /v1/customers/{id}/preferences-link', { params: { id: ada.id } });
    return { crm, ada, url: body.url as string };
  };

  const opened = async (url: string, javaScriptEnabled: boolean) => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 360, height: 640 } });
    const page = await context.newPage();
    const [requests, complaints]: [string[], string[]] = [[], []];
    page.on('request', request => requests.push(request.url()));
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(url);
    return { page, requests, complaints };
  };

  const withoutScripts = async (crm: { url: string }, path: string) => (await opened(`${crm.url}${path}`, false)).page;

  test.each([true, false])('is used by keyboard and label, with JavaScript: %s', async javaScript => {
    const { crm, ada, url } = await visited();
    const { page, requests, complaints } = await opened(url, javaScript);
    const email = page.getByRole('group', { name: 'E-mail' });
    expect(await email.getByLabel('Tips').isChecked()).toBe(true);
    await email.getByLabel('News').focus();
    await page.keyboard.press('Space');
    await email.getByLabel('Tips').uncheck();
    await page.getByLabel('Preferred channel').selectOption({ label: 'SMS' });
    await page.getByRole('button', { name: 'Save' }).press('Enter');
    await page.getByRole('status').getByText('Your preferences are saved.').waitFor();
    expect(await email.getByLabel('News').isChecked()).toBe(true);
    expect(await email.getByLabel('Tips').isChecked()).toBe(false);
    const said = (await crm.consents(ada.id)).map(({ channel, topic, status }) => [channel, topic, status]);
    expect(said).toEqual([
      ['email', 'tips', 'withdrawn'],
      ['email', 'news', 'granted'],
    ]);
    await page.getByRole('button', { name: 'Unsubscribe from all' }).click();
    await page.getByText('unsubscribed from everything').waitFor();
    expect(await email.getByLabel('News').isChecked()).toBe(false);
    // it fits a telephone, loads nothing from elsewhere, and nothing is blocked
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(requests.filter(asked => !asked.startsWith(crm.url) && !asked.includes('/favicon'))).toEqual([]);
    expect(complaints.filter(text => !text.includes('favicon'))).toEqual([]);
  });

  test('a case is rated, and a topic unsubscribed from, without JavaScript', async () => {
    const { crm, ada } = await visited();
    const service = desk(crm);
    const opened = await service.open({ customerId: ada.id });
    await service.done(service.tell(opened.id, 'resolve'));
    await crm.request(ada.id, { topic: 'tips' });
    await crm.idle();
    const rating = await withoutScripts(crm, await crm.linkTo(ada.email, 'satisfaction'));
    await rating.getByLabel('Satisfied', { exact: true }).check();
    await rating.getByLabel('Comment').fill('Quick');
    await rating.getByRole('button', { name: 'Send' }).click();
    await rating.getByRole('heading', { name: 'Thank you' }).waitFor();
    expect(await service.read(opened.id)).toMatchObject({ satisfaction: { score: 4, comment: 'Quick' } });
    const leaving = await withoutScripts(crm, await crm.linkTo(ada.email, 'unsubscribe'));
    await leaving.getByRole('button', { name: 'Unsubscribe' }).click();
    await leaving.getByRole('status').getByText('You no longer get Tips (E-mail) from us.').waitFor();
    for (const page of [rating, leaving])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });

  test('shows when a link has expired or was altered', async () => {
    const { crm, url } = await visited();
    const changed = await opened(`${url}x`, true);
    await changed.page.getByRole('heading', { name: 'This link is not valid' }).waitFor();
    await crm.advance('P8D');
    const expired = await opened(url, true);
    await expired.page.getByRole('heading', { name: 'This link is no longer valid' }).waitFor();
    await expired.page.getByText('Please use the link in the latest message that you got.').waitFor();
  });
});
