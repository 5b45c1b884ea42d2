import { type Browser, chromium as engine, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { thisStack } from '../this-stack.ts';
import { chromium } from './chromium.ts';

if (!chromium) console.log('no Chromium on this machine: the tests of the reference are skipped');

describe.skipIf(!chromium)('the reference', () => {
  const { url } = thisStack();
  const requests: string[] = [];
  const complaints: string[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await engine.launch({ executablePath: chromium as string, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
    page.on('request', request => requests.push(request.url()));
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(String(error)));
  });

  afterAll(() => browser?.close());

  test('begins with a quick start, and names each page once', async () => {
    await page.goto(`${url}/docs`);
    await page.getByRole('heading', { name: 'Create a customer' }).waitFor();
    const links = await page
      .locator('nav a[href^="/docs"]')
      .evaluateAll(all => all.map(one => one.getAttribute('href')));
    const pages = links.filter(link => link !== '/docs');
    expect(new Set(pages).size).toBe(pages.length);
    for (const at of pages) expect([at, (await fetch(`${url}${at}`)).status]).toEqual([at, 200]);
  });

  test('shows an operation with its path, its fields, an example and its errors', async () => {
    await page.goto(`${url}/docs/customers.html#createCustomer`);
    const operation = page.locator('#createCustomer');
    const shown = await operation.textContent();
    const parts = ['/v1/customers', 'Idempotency-Key', 'customers.write', 'givenName', 'customer.email-taken', 'curl'];
    for (const part of [...parts, 'crm.customers.createCustomer']) expect(shown).toContain(part);
    await operation.getByText('With the typed client').click();
    await operation.getByText('await crm.customers.createCustomer').waitFor();
  });

  test('links an error code to its meaning', async () => {
    await page.goto(`${url}/docs/customers.html#createCustomer`);
    const errors = page.locator('#createCustomer details', { hasText: 'Errors:' });
    await errors.locator('summary').click();
    await errors.getByRole('link', { name: 'customer.email-taken' }).click();
    await page.waitForURL('**/docs/errors.html#customer.email-taken');
    await page.getByRole('row', { name: /customer\.email-taken/ }).waitFor();
  });

  test('finds an operation by its words', async () => {
    await page.getByRole('searchbox').fill('record consent granted');
    await page.locator('#found').getByText('Record that a customer granted or withdrew consent').click();
    await page.waitForURL('**/docs/consents.html#setConsent');
  });

  test('every link within the reference leads to something', async () => {
    const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    await page.goto(`${url}/docs`);
    const links = await page
      .locator('nav a[href^="/docs/"]')
      .evaluateAll(all => all.map(one => one.getAttribute('href')!));
    const texts = await Promise.all(links.map(async link => (await fetch(`${url}${link}`)).text()));
    const ids = new Set(texts.flatMap(text => [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)));
    const operations = Object.values(paths).flatMap(methods => Object.values(methods).map(one => one.operationId));
    expect(operations.filter(name => !ids.has(name))).toEqual([]);
    const anchors = texts.flatMap(text => [...text.matchAll(/href="[^"]*#([^"]+)"/g)].map(([, anchor]) => anchor!));
    expect([...new Set(anchors.filter(anchor => !ids.has(anchor)))]).toEqual([]);
  });

  test('sends requests to the API only, and logs no errors', () => {
    expect(requests.length).toBeGreaterThan(3);
    const elsewhere = requests.filter(asked => !/^(data|blob):/.test(asked) && !asked.startsWith(`${url}/`));
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
