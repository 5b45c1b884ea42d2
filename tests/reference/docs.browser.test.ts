import { type Browser, chromium as engine, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { thisStack } from '../this-stack.ts';
import { chromium } from './chromium.ts';

if (!chromium) console.log('no Chromium on this machine: the tests of the reference page are skipped');

describe.skipIf(!chromium)('the reference page', () => {
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
    await page.goto(`${url}/docs`);
    await page.getByRole('heading', { name: 'Create a customer' }).waitFor();
  });

  afterAll(() => browser?.close());

  test('shows an operation with its path, its fields and its refusals', async () => {
    const operation = page.locator('[data-section-id="tag/customers/operation/createCustomer"]');
    await expect.poll(() => operation.textContent()).toContain('givenName');
    const shown = await operation.textContent();
    for (const part of ['/v1/customers', 'Idempotency-Key', 'customers.write', 'favouriteColour']) {
      expect(shown).toContain(part);
    }
  });

  test('opens the details of a refusal', async () => {
    const operation = page.locator('[data-section-id="tag/customers/operation/createCustomer"]');
    const conflict = operation.getByRole('button', { name: /^409/ });
    await conflict.click();
    await expect.poll(() => conflict.getAttribute('aria-expanded')).toBe('true');
    await expect.poll(() => operation.textContent()).toContain('requestId');
  });

  test('finds an operation by its words', async () => {
    await page.getByRole('textbox').first().fill('consent');
    await page.locator('[role="search"]').getByText('Record that a customer granted or withdrew consent').waitFor();
  });

  test('sends requests to the API only, and logs no errors', () => {
    expect(requests.length).toBeGreaterThan(3);
    const elsewhere = requests.filter(asked => !/^(data|blob):/.test(asked) && !asked.startsWith(`${url}/`));
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
