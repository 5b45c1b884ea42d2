import { expect, test } from 'vitest';
import { refusalOf } from '../../functions/tracking/recording-rules.ts';
import { privacyWorld } from '../consent/privacy-world.ts';
import { world } from '../world.ts';
import { messageId, tracker } from './tracker.ts';

const consent = (categoryPreferences: Record<string, unknown>) => ({ consent: { categoryPreferences } });

const asking = async () => {
  const crm = privacyWorld(await world());
  const shop = await tracker(crm);
  return {
    ...crm,
    shop,
    require: (body: Record<string, unknown>) => crm.ask('PUT /v1/settings/tracking', { body }),
    call: (type: string, context: object, more: object = {}) => ({
      type,
      messageId: messageId(),
      userId: 'u-1',
      event: 'Viewed',
      context,
      ...more,
    }),
    dropped: async () => (await crm.ask('GET /v1/tracking/dropped')).body.items[0],
  };
};

test('behaviour of a visitor who refused is not recorded but counted; who it is, is taken', async () => {
  const crm = await asking();
  expect((await crm.require({ consent: { required: ['Analytics'] } })).body).toMatchObject({ version: 1 });
  const id = await crm.shop.customer();
  const batch = [
    crm.call('track', consent({ Analytics: true, Advertising: false }), { event: 'Agreed' }),
    crm.call('track', consent({ Analytics: false }), { event: 'Refused' }),
    crm.call('page', consent({ Analytics: false }), { name: 'Refused' }),
    crm.call('screen', {}, { name: 'Unasked' }),
    crm.call('identify', consent({ Analytics: false }), { traits: { firstName: 'Adah' } }),
  ];
  expect(await crm.shop.post('/v1/batch', { batch })).toMatchObject({ status: 200, body: { success: true } });
  await crm.idle();
  expect((await crm.shop.events(id)).map(({ data }) => data.event)).toEqual(['Agreed']);
  expect(await crm.shop.events(id, 'tracked.page')).toEqual([]);
  expect((await crm.shop.byExternalId('u-1')).givenName).toBe('Adah');
  expect(await crm.dropped()).toEqual({
    day: (await crm.now()).slice(0, 10),
    calls: 3,
    reasons: { 'consent refused: Analytics': 2, 'consent not given: Analytics': 1 },
  });
  expect(await crm.shop.rejections()).toEqual([]);
  // what is recorded shows what the visitor agreed to
  expect((await crm.shop.events(id))[0]?.data.context.consent).toEqual({
    categoryPreferences: { Analytics: true, Advertising: false },
  });
});

test('without consent settings everything is recorded; a change is in force within a minute', async () => {
  const crm = await asking();
  const id = await crm.shop.customer();
  const send = () => crm.shop.post('/v1/batch', { batch: [crm.call('track', consent({ Analytics: false }))] });
  await send();
  expect(await crm.shop.events(id)).toHaveLength(1);
  expect((await crm.ask('GET /v1/settings/tracking')).body).toEqual({ version: 0 });
  await crm.require({ consent: { required: ['Analytics'], absent: 'record' } });
  await crm.advance('PT61S');
  await send();
  await crm.shop.post('/v1/track', crm.call('track', {}));
  expect(await crm.shop.events(id)).toHaveLength(2);
  expect(await crm.dropped()).toMatchObject({ calls: 1 });
  expect(await crm.refusal(crm.require({ consent: { required: [], absent: 'ask' }, other: 1 }))).toEqual([
    422,
    'request.invalid',
    'consent.required',
    'consent.absent',
    'other',
  ]);
});

test('an identified visitor’s preference for a category applies to its topics', async () => {
  const crm = await asking();
  await crm.topic('offers', { channels: ['email'], category: 'Marketing' });
  await crm.topic('club', { channels: ['email', 'post'], category: 'Marketing', doubleOptIn: true });
  const identify = async (Marketing: boolean) => {
    const call = crm.call('identify', consent({ Marketing, Other: true }), {
      traits: { email: `x@${crm.tenant}.example` },
    });
    await crm.shop.post('/v1/identify', { ...call, timestamp: await crm.now() });
    await crm.idle();
  };
  await identify(true);
  const { id } = await crm.shop.byExternalId('u-1');
  const standing = async () => (await crm.consents(id)).map(one => `${one.channel}/${one.topic} ${one.status}`).sort();
  // no link can be sent by post: that is left to another way
  expect(await standing()).toEqual(['email/club pending', 'email/offers granted']);
  await crm.advance('PT1S');
  await identify(true);
  expect(await crm.history(id, 'email', 'offers')).toHaveLength(1); // a repetition changes nothing
  await identify(false);
  expect(await standing()).toEqual(['email/club withdrawn', 'email/offers withdrawn', 'post/club withdrawn']);
  expect((await crm.history(id, 'email', 'offers'))[0]).toMatchObject({
    source: 'tracker',
    proof: { category: 'Marketing' },
  });
});

test('a refusal of any category that is needed counts, whatever shape the rest of a context has', () => {
  const judged = (context: unknown, kind: 'track' | 'alias' = 'track') =>
    refusalOf({ kind, data: { context } }, { consent: { required: ['A', 'B'], absent: 'record' } });
  expect(judged(consent({ A: true, B: false }))).toBe('consent refused: B');
  expect(judged(consent({ A: true }))).toBeUndefined();
  expect(judged(consent({ A: 'no' }))).toBeUndefined();
  expect(judged({ consent: 'none' })).toBeUndefined();
  expect(judged(undefined)).toBeUndefined();
  expect(judged(consent({ A: false }), 'alias')).toBeUndefined();
  expect(refusalOf({ kind: 'track', data: { context: consent({ A: false }) } }, {})).toBeUndefined();
});
