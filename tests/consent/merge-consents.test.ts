import { expect, test } from 'vitest';
import { prevails } from '../../functions/consent/consent-merge.ts';
import { merging } from '../merging/merge-pair.ts';
import { world } from '../world.ts';
import { privacyWorld } from './privacy-world.ts';

const pair = async () => {
  const crm = privacyWorld(await world());
  const { merge, unmerge } = merging(crm);
  const [ada, twin] = [await crm.customer(), await crm.customer()];
  const done = async (request: ReturnType<typeof merge>) => expect((await request).status).toBe(200);
  return {
    ...crm,
    ada,
    twin,
    become: () => done(merge(ada.id, twin.id)),
    part: () => done(unmerge(ada.id, twin.id)),
    standing: async (id: string) =>
      Object.fromEntries((await crm.consents(id)).map(one => [`${one.channel}/${one.topic}`, one.status])),
  };
};

test('of two consents the later counts, of two at the same time the withdrawal, and a pending one never against one in force', () => {
  const word = (status: 'granted' | 'withdrawn' | 'pending' | 'expired', day: number) => ({
    status,
    at: `2026-11-0${day}T00:00:00.000Z`,
  });
  const taken = (mine: ReturnType<typeof word>, other: ReturnType<typeof word>) => prevails(mine, other);
  expect(prevails(undefined, word('pending', 1))).toBe(true);
  expect(taken(word('granted', 1), word('withdrawn', 2))).toBe(true);
  expect(taken(word('granted', 2), word('withdrawn', 1))).toBe(false);
  expect(taken(word('granted', 1), word('withdrawn', 1))).toBe(true);
  expect(taken(word('pending', 1), word('withdrawn', 1))).toBe(true);
  expect(taken(word('withdrawn', 1), word('granted', 1))).toBe(false);
  expect(taken(word('granted', 1), word('pending', 2))).toBe(false);
  expect(taken(word('pending', 2), word('granted', 1))).toBe(true);
  expect(taken(word('withdrawn', 1), word('pending', 2))).toBe(true);
  expect(taken(word('pending', 1), word('pending', 2))).toBe(true);
  expect(taken(word('expired', 1), word('granted', 2))).toBe(true);
});

test('terms and history of a consent follow a merge and its undo', async () => {
  const crm = await pair();
  const { ada, twin } = crm;
  const terms = { wording: { version: 'v7' }, jurisdiction: 'SG', lawfulBasis: 'consent', validity: 'P90D' };
  await crm.say(twin.id, { ...terms, proof: { form: 7 } });
  await crm.say(ada.id, {}, 'sms', 'news');
  await crm.become();
  const { validity: _, ...kept } = terms;
  expect((await crm.consents(ada.id)).find(({ channel }) => channel === 'email')).toMatchObject({
    ...kept,
    proof: { form: 7 },
    expiresAt: expect.any(String),
  });
  expect(await crm.history(ada.id)).toMatchObject([{ ...kept, proof: { form: 7 } }]);
  await crm.part();
  expect(await crm.standing(ada.id)).toEqual({ 'sms/news': 'granted' });
  expect(await crm.standing(twin.id)).toEqual({ 'email/news': 'granted' });
  expect([(await crm.history(ada.id)).length, (await crm.history(twin.id)).length]).toEqual([0, 1]);
});

test('a link sent before a merge confirms for the remaining customer; an unconfirmed consent replaces nothing', async () => {
  const crm = await pair();
  const { ada, twin } = crm;
  await crm.topic('news', { doubleOptIn: true });
  await crm.topic('club', { doubleOptIn: true });
  await crm.say(twin.id, {});
  await crm.idle();
  const link = await crm.linkTo(twin.email, 'confirm-consent');
  await crm.say(ada.id, { confirmed: true, proof: { paper: 1 } }, 'email', 'club');
  await crm.say(twin.id, {}, 'email', 'club');
  await crm.become();
  expect(await crm.standing(ada.id)).toEqual({ 'email/news': 'pending', 'email/club': 'granted' });
  expect(await crm.reaches(ada.id)).toMatch(/^no consent to news by email: pending/);
  expect((await crm.form(link)).status).toBe(200);
  expect(await crm.standing(ada.id)).toEqual({ 'email/news': 'granted', 'email/club': 'granted' });
  await crm.part();
  // said as one customer, it stays with the one that stayed
  expect(await crm.standing(ada.id)).toEqual({ 'email/news': 'granted', 'email/club': 'granted' });
  expect(await crm.standing(twin.id)).toEqual({ 'email/news': 'pending', 'email/club': 'pending' });
});

test('a withdrawal by a merged customer applies to both after the undo, also to pending consents; expired ones stay expired', async () => {
  const crm = await pair();
  const { ada, twin } = crm;
  await crm.say(ada.id, {}, 'email', 'club');
  await crm.advance('PT1S');
  await crm.requestConsent(twin.id);
  await crm.say(twin.id, { validity: 'P2D' }, 'email', 'club');
  await crm.idle();
  const link = await crm.linkTo(twin.email, 'confirm-consent');
  await crm.become();
  await crm.say(ada.id, { status: 'withdrawn', source: 'call' });
  await crm.advance('P3D');
  await crm.idle();
  expect(await crm.standing(ada.id)).toEqual({ 'email/news': 'withdrawn', 'email/club': 'expired' });
  expect(await crm.timeline(ada.id, 'consent.expired')).toHaveLength(1);
  await crm.part();
  expect(await crm.standing(ada.id)).toEqual({ 'email/news': 'withdrawn', 'email/club': 'granted' });
  expect(await crm.standing(twin.id)).toEqual({ 'email/news': 'withdrawn', 'email/club': 'expired' });
  expect((await crm.history(twin.id))[0]).toMatchObject({ status: 'withdrawn', source: 'call' });
  expect((await crm.form(link)).status).toBe(410);
});

test('the preference page of a merged customer is that of the remaining one', async () => {
  const crm = await pair();
  const { ada, twin } = crm;
  await crm.topic('news', { channels: ['email'] });
  const { body } = await crm.ask('POST /v1/customers/{id}/preferences-link', { params: { id: twin.id } });
  const { pathname, search } = new URL(body.url);
  await crm.become();
  const ticks: [string, string][] = [
    ['shown', 'email/news'],
    ['on', 'email/news'],
  ];
  expect((await crm.form(`${pathname}${search}`, ticks)).status).toBe(200);
  expect(await crm.standing(ada.id)).toEqual({ 'email/news': 'granted' });
});
