import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocked, erlangA, erlangC } from '../../functions/assignment/staffing.ts';
import { world } from '../world.ts';

test('Erlang B and C have the published values', () => {
  expect([blocked(10, 16) > 0.02, blocked(10, 17) <= 0.02, blocked(1, 1)]).toEqual([true, true, 0.5]);
  const load = { arrivals: 100 / 1800, rate: 1 / 180, within: 20 };
  const found = erlangC(load, 14)!;
  expect(found.serviceLevel).toBeCloseTo(0.8883500191794669, 9);
  expect(found.waits).toBeCloseTo(0.1741319335950498, 9);
  expect(found.averageWait).toBeCloseTo(7.836, 3);
  const levels = [11, 12, 13, 15, 16].map(agents => erlangC(load, agents)!.serviceLevel.toFixed(5));
  expect(levels).toEqual(['0.38961', '0.64016', '0.79559', '0.94145', '0.97056']);
  expect(erlangC(load, 10)).toBeNull();
});

test('Erlang A has the published values, and becomes Erlang C when nobody gives up', () => {
  const load = { arrivals: 48 / 60, rate: 1 / 60, within: 20 };
  const found = erlangA({ ...load, leaving: 1 / 120 }, 50);
  expect(found.abandoned).toBeCloseTo(0.0309, 4);
  expect(found.averageWait).toBeCloseTo(3.71, 2);
  expect(found.occupancy).toBeCloseTo(0.9303, 4);
  expect(found.waits).toBeCloseTo(0.46777, 5);
  for (const agents of [15, 20, 25]) {
    const calls = { arrivals: 100 / 1800, rate: 1 / 180, within: 20 };
    const [patient, endless] = [erlangA({ ...calls, leaving: 1e-6 / 60 }, agents), erlangC(calls, agents)!];
    expect(patient.serviceLevel).toBeCloseTo(endless.serviceLevel, 4);
    expect(patient.waits).toBeCloseTo(endless.waits, 4);
  }
});

test('Erlang A agrees with the chances of its states, also when more arrives than can be done', () => {
  const loads = fc.record({
    offered: fc.double({ min: 0.2, max: 40, noNaN: true }),
    patience: fc.double({ min: 0.2, max: 5, noNaN: true }),
  });
  fc.assert(
    fc.property(loads, fc.integer({ min: 1, max: 40 }), ({ offered, patience }, agents) => {
      let [share, all, waiting] = [1, 0, 0];
      for (let k = 0; k < 3000; k++) {
        all += share;
        waiting += Math.max(0, k - agents) * share;
        share *= offered / (Math.min(k + 1, agents) + Math.max(0, k + 1 - agents) / patience);
      }
      const { abandoned } = erlangA({ arrivals: offered, rate: 1, leaving: 1 / patience, within: 1 }, agents);
      expect(abandoned).toBeCloseTo(waiting / all / patience / offered, 6);
    }),
    { numRuns: 50 },
  );
});

test('the fewest agents that reach a service level; what cannot work is refused', async () => {
  const crm = await world();
  const calls = { arrivals: 100, interval: 'PT30M', handleTime: 'PT3M', serviceLevel: { within: 'PT20S', share: 0.8 } };
  const ask = async (more: object = {}) => crm.ask('POST /v1/staffing', { body: { ...calls, ...more } });
  expect((await ask()).body).toEqual({
    agents: 14,
    serviceLevel: expect.closeTo(0.88835, 5),
    occupancy: expect.closeTo(0.71429, 5),
    averageWait: expect.closeTo(7.836, 3),
  });
  const impatient = (await ask({ patience: 'PT2M' })).body;
  expect(impatient.agents).toBeLessThan(14);
  expect(impatient.abandoned).toBeGreaterThan(0);
  expect((await ask({ agents: 12 })).body.serviceLevel).toBeCloseTo(0.64016, 5);
  for (const wrong of [{ agents: 10 }, { handleTime: 'PT0S' }, { arrivals: 1e6 }, { interval: 'P1M' }])
    expect((await ask(wrong)).status).toBe(422);
});
