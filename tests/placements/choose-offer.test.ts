import { expect, test } from 'vitest';
import { chooseOffer, isControl, type OfferFacts, probabilityOf } from '../../functions/placements/choose-offer.ts';
import type { Offer } from '../../functions/placements/offer.ts';

const offer = (id: string, more: Partial<Offer> = {}) =>
  ({ id, name: id, value: 1, priority: 0, limits: [], promotional: true, ...more }) as unknown as Offer;

const known = (offers: Offer[], more: Partial<OfferFacts> = {}): OfferFacts => ({
  placement: { id: 'home', control: 0 },
  offers,
  subject: 'customer cus_1',
  facts: { attributes: {}, now: '2027-01-10T00:00:00.000Z' },
  shown: {},
  rates: {},
  ...more,
});

test('value times probability decides, above it priority', () => {
  const rates = { a: { shown: 1000, clicked: 10 }, b: { shown: 1000, clicked: 200 } };
  expect(chooseOffer(known([offer('a'), offer('b')], { rates })).offer?.id).toBe('b');
  expect(chooseOffer(known([offer('a', { value: 50 }), offer('b')], { rates })).offer?.id).toBe('a');
  expect(chooseOffer(known([offer('a', { priority: 1 }), offer('b')], { rates })).offer?.id).toBe('a');
});

test('an offer without data has the probability of the others; with data its own', () => {
  const rates = { a: { shown: 980, clicked: 99 } };
  expect(probabilityOf('new', rates).probability).toBeCloseTo(0.1, 6);
  expect(probabilityOf('a', { a: { shown: 1e6, clicked: 3e5 } }).probability).toBeCloseTo(0.3, 3);
});

test('limits count what was shown in their time; a control group is always the same share', () => {
  const limited = [offer('a', { limits: [{ max: 2, per: 'P7D' }] })];
  const shownOn = (...days: string[]) => ({ shown: { a: days.map(day => `2027-01-${day}T00:00:00.000Z`) } });
  expect(chooseOffer(known(limited, shownOn('05', '09'))).offer).toBeUndefined();
  expect(chooseOffer(known(limited, shownOn('03', '09'))).offer?.id).toBe('a');
  const people = Array.from({ length: 10_000 }, (_, nth) => `customer cus_${nth}`);
  const held = people.filter(one => isControl({ id: 'home', control: 0.1 }, one));
  expect(Math.abs(held.length / people.length - 0.1)).toBeLessThan(0.01);
  expect(people.filter(one => isControl({ id: 'home', control: 0.3 }, one))).toEqual(expect.arrayContaining(held));
});
