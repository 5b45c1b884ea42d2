import { expect, test } from 'vitest';
import { chooseOutcome, type MessageFacts } from '../../functions/messaging/choose-outcome.ts';

const now = '2026-11-22T14:00:00.000Z'; // 22:00 in Singapore

const known = (more: Partial<MessageFacts> = {}): MessageFacts => ({
  request: { channel: 'email', topic: 'news' },
  customerId: 'cus_1',
  to: 'ada@example.com',
  customerZone: undefined,
  consents: [{ channel: 'email', topic: 'news', status: 'granted', at: '2026-01-01T00:00:00.000Z', source: 'form' }],
  optOuts: [],
  isProven: true,
  suppression: undefined,
  settings: { frequencyCaps: [] },
  sends: [],
  now,
  ...more,
});

const quietHours = { from: '21:00', to: '08:00' };

test('quiet hours are in the customer’s time zone, else in the company’s, else in UTC', () => {
  const settings = { frequencyCaps: [], quietHours };
  const until = (more: Partial<MessageFacts>) => {
    const outcome = chooseOutcome(known(more));
    return outcome.do === 'hold' ? outcome.until : outcome.do;
  };
  expect(until({ settings, customerZone: 'Asia/Singapore' })).toBe('2026-11-23T00:00:00.000Z');
  expect(until({ settings: { ...settings, timeZone: 'Asia/Singapore' } })).toBe('2026-11-23T00:00:00.000Z');
  expect(until({ settings: { ...settings, timeZone: 'Asia/Singapore' }, customerZone: 'Europe/Berlin' })).toBe('send');
  expect(until({ settings })).toBe('send');
  expect(until({ settings, customerZone: 'Asia/Singapore', request: { channel: 'email', topic: null } })).toBe('send');
});

test('a cap forgets what is older than its window', () => {
  const settings = { frequencyCaps: [{ max: 1, per: 'P1D' }] };
  const sentAt = (at: string) =>
    [
      {
        customerId: 'cus_00000000000000000000000000',
        messageId: 'msg_00000000000000000000000000',
        channel: 'email',
        at,
      },
    ] as const;
  expect(chooseOutcome(known({ settings, sends: sentAt('2026-11-21T14:00:00.000Z') })).do).toBe('send');
  expect(chooseOutcome(known({ settings, sends: sentAt('2026-11-21T14:00:00.001Z') })).do).toBe('skip');
});

test('an opt-out is in force until consent is granted after it, for its own channel and topic only', () => {
  const optOut = {
    customerId: 'cus_00000000000000000000000000',
    channel: 'email',
    topic: 'news',
    messageId: 'm',
    at: now,
  } as const;
  expect(chooseOutcome(known({ optOuts: [optOut] }))).toMatchObject({
    do: 'skip',
    reason: `unsubscribed from news by email on ${now}`,
  });
  expect(chooseOutcome(known({ optOuts: [{ ...optOut, at: '2025-01-01T00:00:00.000Z' }] })).do).toBe('send');
  expect(chooseOutcome(known({ optOuts: [{ ...optOut, topic: 'other' }] })).do).toBe('send');
});

test('the first check that fails decides; those that passed give their reasons', () => {
  const suppression = { channel: 'email', address: 'ada@example.com', reason: 'bounced', at: now } as const;
  expect(chooseOutcome(known({ suppression, consents: [] }))).toMatchObject({
    do: 'skip',
    reason: 'no consent to news by email',
  });
  expect(chooseOutcome(known({ to: undefined, suppression })).do).toBe('skip');
  expect(chooseOutcome(known({ settings: { frequencyCaps: [{ max: 2, per: 'P1D' }], quietHours } })).reasons).toEqual([
    'consent to news by email granted on 2026-01-01T00:00:00.000Z (form)',
    'frequency caps: 0 of 2 messages in P1D sent before',
    'outside quiet hours 21:00 to 08:00 UTC',
  ]);
});

test('in a send window a message is sent, before and after it waits for the next; its end is outside', () => {
  const sendWindows = [
    { channel: 'email' as const, days: ['mon' as const, 'fri' as const], from: '09:00', to: '17:00' },
  ];
  const settings = { frequencyCaps: [], sendWindows };
  const at = (now: string, customerZone = 'Asia/Singapore') => {
    const outcome = chooseOutcome(known({ settings, now, customerZone }));
    return outcome.do === 'hold' ? outcome.until : outcome.do;
  };
  expect(at('2026-11-23T01:00:00.000Z')).toBe('send'); // Monday, 09:00 in Singapore
  expect(at('2026-11-23T08:59:59.999Z')).toBe('send');
  expect(at('2026-11-23T09:00:00.000Z')).toBe('2026-11-27T01:00:00.000Z');
  expect(at('2026-11-23T00:59:59.999Z')).toBe('2026-11-23T01:00:00.000Z');
  expect(at('2026-11-23T01:00:00.000Z', 'Europe/Berlin')).toBe('2026-11-23T08:00:00.000Z');
});
