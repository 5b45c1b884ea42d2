import { expect, test } from 'vitest';
import { progressOf } from '../../functions/messaging/delivery-progress.ts';
import { world } from '../world.ts';
import { slice } from './slice.ts';

const browser =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15';
const at = (seconds: number) => new Date(Date.parse('2026-12-01T09:00:00.000Z') + seconds * 1000).toISOString();
const delivered = { state: 'delivered' as const, updatedAt: at(0) };

test('scanners, image proxies that load ahead, and clicks that no person is fast enough for are machines', () => {
  const open = (more: object) =>
    progressOf(delivered, { eventType: 'Open', mail: {}, open: { timestamp: at(60), userAgent: browser, ...more } });
  const click = (more: object, message: Parameters<typeof progressOf>[0] = delivered) =>
    progressOf(message, {
      eventType: 'Click',
      mail: {},
      click: { timestamp: at(60), userAgent: browser, link: 'a', ...more },
    });
  expect([open({}), click({})].map(one => one?.machine)).toEqual([false, false]);
  const machines = [
    open({ userAgent: 'Mozilla/5.0' }),
    open({ ipAddress: '17.58.1.2' }),
    open({ userAgent: 'Mozilla/5.0 (compatible; Barracuda Sentinel)' }),
    click({ userAgent: 'python-requests/2.32' }),
    click({ timestamp: at(1) }),
  ];
  expect(machines.map(one => one?.machine)).toEqual(machines.map(() => true));
  expect(open({ userAgent: 'Mozilla/5.0 (via ggpht.com GoogleImageProxy)' })?.machine).toBe(false);
});

test('all links at once are a machine’s; what a person does later counts', () => {
  const report = (link: string, seconds: number) => ({
    ...{ eventType: 'Click', mail: {} },
    click: { timestamp: at(seconds), userAgent: browser, link },
  });
  let message: Parameters<typeof progressOf>[0] = delivered;
  const seen: (boolean | undefined)[] = [];
  for (const [link, seconds] of [
    ['a', 60],
    ['b', 60],
    ['c', 61],
    ['a', 900],
    ['b', 960],
  ] as const) {
    const news = progressOf(message, report(link, seconds));
    seen.push(news?.machine);
    if (news) message = { ...message, ...news };
  }
  expect(seen).toEqual([false, true, undefined, false, undefined]);
});

test('a message opened by a machine says so, as does its event, until a person opens it', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.consent(ada.id);
  await crm.request(ada.id, { templateId: undefined, campaignId: 'cmp_x', variant: 'a' });
  await crm.idle();
  const [{ messageId, headers }] = await crm.outbox(ada.email);
  expect(headers).toContainEqual({ name: 'Feedback-ID', value: `cmp_x:news:${crm.tenant}:rapport` });
  expect(headers).toContainEqual({ name: 'List-Id', value: expect.stringMatching(`^<news.${crm.tenant}.`) });
  await crm.reportMail({ messageId, type: 'open', userAgent: 'Mozilla/5.0' });
  await crm.idle();
  expect(await crm.messages(ada.id)).toMatchObject([
    { state: 'opened', machine: true, campaignId: 'cmp_x', variant: 'a' },
  ]);
  await crm.reportMail({ messageId, type: 'open' });
  await crm.idle();
  expect(await crm.messages(ada.id)).toMatchObject([{ state: 'opened', machine: false }]);
  const events = await crm.timeline(ada.id, 'message.opened');
  expect(events.map(({ data }) => [data.machine, data.campaignId, data.variant])).toEqual([
    [false, 'cmp_x', 'a'],
    [true, 'cmp_x', 'a'],
  ]);
});
