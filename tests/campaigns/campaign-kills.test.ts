import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type Body, insistentClient } from '../../bench/crash/client.ts';
import { runtimeOn } from '../../bench/crash/runtime.ts';
import { scratchFolder } from '../local/fixture-stack.ts';

const count = Number(process.env.RAPPORT_CAMPAIGN ?? 2_000);
const lanes = 8;
const kills = 3;

test('SIGKILL in the middle of a campaign, again and again: nobody is sent to twice, and nobody is left out', {
  timeout: 60_000 + count * 300,
}, async () => {
  const runtime = runtimeOn(scratchFolder());
  onTestFinished(() => runtime.kill());
  await runtime.start();
  const { ask } = insistentClient(runtime);
  const local = async (path: string, body?: object): Promise<Body> => {
    const init = body && { method: 'POST', body: JSON.stringify(body) };
    return (await fetch(`${runtime.at().api}/_local/${path}`, init)).json();
  };

  const people: { id: string; email: string }[] = [];
  const create = async (lane: number) => {
    for (let nth = lane; nth < count; nth += lanes) {
      const body = { familyName: `P${nth}`, email: `p${nth}@example.com` };
      people.push(await ask('POST /v1/customers', { key: `person ${nth}`, body }));
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => create(lane)));
  await local('idle', { timeoutMs: 120_000 });
  const template = { name: 'Recall', channel: 'email', subject: 'Recall', body: 'Please come' };
  const { id: templateId } = await ask('POST /v1/templates', { key: 'template', body: template });
  const body = {
    name: 'Recall',
    audience: { if: { attribute: 'familyName', startsWith: 'P' } },
    variants: [{ templateId }, { templateId, weight: 2 }],
    topic: null,
    holdout: 0.1,
  };
  const { id } = await ask('POST /v1/campaigns', { key: 'campaign', body });
  await ask(`POST /v1/campaigns/${id}/launch`, { key: 'launch' });

  const results = () => ask(`GET /v1/campaigns/${id}/results`);
  const summed = ({ variants }: Body, what: string) => variants.reduce((sum: number, one: Body) => sum + one[what], 0);
  for (let kill = 1; kill <= kills; kill++) {
    // the first while the audience is written down, the others while messages are sent
    const isFarEnough = async () => {
      const now = await results();
      const done = kill === 1 ? summed(now, 'audience') : summed(now, 'sent');
      return done >= (count * 0.8 * (kill === 1 ? 2 : kill - 1)) / (kill === 1 ? 4 : kills);
    };
    while (!(await isFarEnough())) await sleep(50);
    await runtime.kill();
    await runtime.start();
  }
  for (let tries = 0; tries < count && (await ask(`GET /v1/campaigns/${id}`)).state !== 'done'; tries++) {
    await local('clock', { advance: 'PT40S' });
    await sleep(500);
  }
  for (const _ of [1, 2, 3]) {
    await local('idle', { timeoutMs: 60_000 + count * 100 });
    await local('clock', { advance: 'PT20M' });
  }
  await local('idle', { timeoutMs: 60_000 + count * 100 });

  const spared: string[] = [];
  const wrong: string[] = [];
  for (const { id: customerId, email } of people) {
    const { items: mails } = await local(`outbox?to=${encodeURIComponent(email)}`);
    if (mails.length === 0) spared.push(customerId);
    if (mails.length > 1) wrong.push(`${email} got ${mails.length}`);
  }
  expect(wrong).toEqual([]);
  const last = await results();
  expect(last.control.audience).toBe(spared.length);
  expect(summed(last, 'audience') + last.control.audience).toBe(count);
  expect(summed(last, 'sent')).toBe(count - spared.length);
  const { items } = await ask(`GET /v1/customers/${spared[0]}/decisions`);
  expect(items).toMatchObject([{ outcome: 'holdout', cause: id }]);
});
