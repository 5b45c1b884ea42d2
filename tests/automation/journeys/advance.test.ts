import { expect, test } from 'vitest';
import { seeded } from '../../../bench/rules.ts';
import { advance, type Happened } from '../../../functions/automation/journeys/advance.ts';
import { compileSteps } from '../../../functions/automation/journeys/compile.ts';
import { StepSchema } from '../../../functions/automation/journeys/journey.ts';
import type { Run } from '../../../functions/automation/journeys/run.ts';
import { lotOf } from '../../../functions/shared/lot.ts';
import { plus } from '../../../functions/shared/time/duration.ts';

const start = '2026-12-01T08:00:00.000Z';

const fresh = (more: Partial<Run> = {}): Run =>
  ({
    id: 'run_1',
    journeyId: 'jrn_1',
    revision: 1,
    customerId: 'cus_1',
    key: null,
    state: 'running',
    at: null,
    reason: null,
    trial: false,
    startedAt: start,
    endedAt: null,
    path: [],
    event: null,
    data: null,
    cause: 'evt_0',
    tokens: [],
    wakes: [],
    joined: {},
    visits: {},
    seen: ['evt_0'],
    counts: false,
    version: 1,
    createdAt: start,
    updatedAt: start,
    ...more,
  }) as Run;

const planned = (steps: object[]) => {
  const plan = compileSteps(steps.map(step => StepSchema.parse(step)));
  expect(plan.faults).toEqual([]);
  return plan;
};

const at = (now: string, attributes: Record<string, unknown> = {}) => ({ now, facts: { attributes, now } });

const happened = (id: string, event: string, occurredAt: string, properties: object = {}): Happened => ({
  id,
  type: 'tracked.track',
  occurredAt,
  about: 'cus_1',
  data: { event, properties },
});

const faultsOf = (steps: object[]) => compileSteps(steps.map(step => StepSchema.parse(step))).faults;

test('a run does its steps, waits, and goes on when the wait is over', () => {
  const plan = planned([{ tag: 'a' }, { wait: 'PT4H' }, { tag: 'b' }]);
  const first = advance(plan, fresh(), at(start));
  expect(first.acts).toMatchObject([{ action: { tag: 'a' }, step: 'run_1#1#1' }]);
  expect(first.timers).toEqual([plus(start, 'PT4H')]);
  expect(first.run).toMatchObject({ state: 'running', at: '2' });
  const early = advance(plan, first.run, at(plus(start, 'PT3H')));
  expect([early.acts, early.run]).toEqual([[], first.run]);
  const last = advance(plan, first.run, at(plus(start, 'PT4H')));
  expect(last.acts).toMatchObject([{ action: { tag: 'b' } }]);
  expect(last.run).toMatchObject({ state: 'done', reason: 'last step', tokens: [] });
});

test('an event ends a wait for it, also when it is delivered before the run stands there; after the time-out it does not', () => {
  const plan = planned([
    { waitFor: { event: 'Bought' }, timeout: 'P1D', then: [{ tag: 'bought' }], onTimeout: [{ tag: 'cold' }] },
  ]);
  const bought = happened('evt_1', 'Bought', plus(start, 'PT1M'));
  const swapped = advance(plan, fresh(), { ...at(plus(start, 'PT2M')), past: [bought] });
  expect(swapped.acts).toMatchObject([{ action: { tag: 'bought' } }]);
  const { run } = advance(plan, fresh(), at(start));
  expect(advance(plan, run, { ...at(plus(start, 'PT2M')), event: bought }).acts).toMatchObject([
    { action: { tag: 'bought' } },
  ]);
  const before = happened('evt_2', 'Bought', plus(start, '-PT1M'));
  expect(advance(plan, run, { ...at(plus(start, 'PT2M')), event: before }).acts).toEqual([]);
  expect(advance(plan, run, at(plus(start, 'P1D'))).acts).toMatchObject([{ action: { tag: 'cold' } }]);
});

test('one event ends a wait once, however often a loop comes back to it', () => {
  const plan = planned([
    { id: 'again', waitFor: { event: 'Visited' }, timeout: 'P1D', then: [{ tag: 'seen' }, { goto: 'again' }] },
  ]);
  const visited = happened('evt_1', 'Visited', plus(start, 'PT1M'));
  const { run } = advance(plan, fresh(), at(start));
  const once = advance(plan, run, { ...at(plus(start, 'PT2M')), event: visited });
  expect(once.acts).toHaveLength(1);
  const repeated = advance(plan, once.run, { ...at(plus(start, 'PT3M')), event: visited });
  expect([repeated.acts, repeated.run.tokens]).toEqual([[], once.run.tokens]);
  expect(advance(plan, once.run, { ...at(plus(start, 'PT9M')), past: [visited] }).acts).toEqual([]);
});

test('conditions see what the steps before them have set', () => {
  const stage = (value: string) => ({ attribute: 'attributes.stage', is: value });
  const plan = planned([
    { set: { stage: 'trial' } },
    {
      branch: [
        { if: stage('lead'), then: [{ tag: 'no' }] },
        { if: stage('trial'), then: [{ tag: 'yes' }] },
      ],
    },
  ]);
  const { acts, run } = advance(plan, fresh(), at(start, { attributes: { stage: 'lead' } }));
  expect(acts.map(({ action }) => action)).toEqual([{ set: { stage: 'trial' } }, { tag: 'yes' }]);
  expect(run.path.map(({ step }) => step)).toEqual(['1', '2', '2', '2.branch.2.then.1']);
});

test('lists of a parallel step go on by themselves, and the step after it follows once when all have ended', () => {
  const plan = planned([
    {
      parallel: [
        [{ wait: 'PT1H' }, { tag: 'a' }],
        [{ wait: 'PT2H' }, { tag: 'b' }],
      ],
    },
    { tag: 'c' },
  ]);
  let { run, acts } = advance(plan, fresh(), at(start));
  expect(run.tokens).toHaveLength(2);
  ({ run, acts } = advance(plan, run, at(plus(start, 'PT1H'))));
  expect(acts.map(({ action }) => action.tag)).toEqual(['a']);
  ({ run, acts } = advance(plan, run, at(plus(start, 'PT2H'))));
  expect(acts.map(({ action }) => action.tag)).toEqual(['b', 'c']);
  expect(run.state).toBe('done');
});

test('a goal converts a run and an exit event ends it; the event that it began with is neither', () => {
  const steps = [{ wait: 'P1D' }].map(step => StepSchema.parse(step));
  const plan = { ...compileSteps(steps), goal: { event: 'Bought' }, exitOn: [{ event: 'Cancelled' }] };
  const { run } = advance(plan, fresh(), { ...at(start), event: happened('evt_0', 'Bought', start) });
  expect(run.state).toBe('running');
  const by = (name: string) =>
    advance(plan, run, { ...at(plus(start, 'PT1M')), event: happened('evt_1', name, plus(start, 'PT1M')) }).run;
  expect([by('Bought').state, by('Cancelled').state, by('Else').state]).toEqual(['converted', 'exited', 'running']);
});

test('the wait for a date ends at once where it has passed or is missing, and takes the first path with one', () => {
  const until = (date: string | string[], offset?: string) =>
    advance(planned([{ until: { date, ...(offset ? { offset } : {}) } }]), fresh({ event: { properties } }), at(start));
  const properties = { on: '2026-12-24', gone: '2026-11-01', at: '2026-12-02T10:00:00+01:00' };
  expect(until('event.properties.on', '-P1D').timers).toEqual(['2026-12-23T00:00:00.000Z']);
  expect(until(['event.properties.none', 'event.properties.at']).timers).toEqual(['2026-12-02T09:00:00.000Z']);
  for (const path of ['event.properties.gone', 'event.properties.none', 'attributes.none'])
    expect(until(path).run.state).toBe('done');
});

test('a time of day is that of the customer, else that of the step; on the days of the week that it names', () => {
  const until = (step: object, attributes = {}) =>
    advance(planned([{ until: step }]), fresh(), at(start, attributes)).timers;
  const singapore = { timeZone: 'Asia/Singapore' };
  expect(until({ time: '09:00' })).toEqual(['2026-12-01T09:00:00.000Z']);
  expect(until({ time: '09:00', timeZone: 'America/New_York' })).toEqual(['2026-12-01T14:00:00.000Z']);
  expect(until({ time: '09:00', timeZone: 'America/New_York' }, singapore)).toEqual(['2026-12-02T01:00:00.000Z']);
  expect(until({ time: '09:00', weekdays: ['mon'] })).toEqual(['2026-12-07T09:00:00.000Z']);
});

test('a split takes a customer the same way each time, and as many as it says', () => {
  const share = (percent: number) =>
    Array.from({ length: 4000 }, (_, nth) => lotOf(JSON.stringify(['jrn', 'step', `cus_${nth}`, null])) * 100).filter(
      lot => lot < percent,
    ).length / 40;
  for (const percent of [10, 33.33, 50]) expect(Math.abs(share(percent) - percent)).toBeLessThan(2.5);
  const plan = planned([
    {
      split: [
        { percent: 50, then: [{ tag: 'a' }] },
        { percent: 50, then: [{ tag: 'b' }] },
      ],
    },
  ]);
  const tags = (customerId: string) =>
    advance(plan, fresh({ customerId: customerId as Run['customerId'] }), at(start)).acts.map(
      ({ action }) => action.tag,
    );
  expect(tags('cus_7')).toEqual(tags('cus_7'));
  expect(new Set(Array.from({ length: 40 }, (_, nth) => tags(`cus_${nth}`)[0])).size).toBe(2);
});

const loops: [string, object[], boolean][] = [
  ['without a wait', [{ id: 'a', tag: 'x' }, { goto: 'a' }], false],
  ['with too short a wait', [{ id: 'a', wait: 'PT59S' }, { goto: 'a' }], false],
  ['with a minute', [{ id: 'a', wait: 'PT1M' }, { goto: 'a' }], true],
  ['with two halves', [{ id: 'a', wait: 'PT30S' }, { wait: 'PT30S' }, { goto: 'a' }], true],
  ['of itself', [{ id: 'a', goto: 'a' }], false],
  [
    'round a wait in one branch only',
    [{ id: 'a', branch: [{ if: { attribute: 'email', exists: true }, then: [{ wait: 'P1D' }] }] }, { goto: 'a' }],
    false,
  ],
  [
    'round a wait in each branch',
    [
      {
        id: 'a',
        branch: [{ if: { attribute: 'email', exists: true }, then: [{ wait: 'P1D' }] }],
        else: [{ wait: 'PT1H' }],
      },
      { goto: 'a' },
    ],
    true,
  ],
  [
    'round a condition that may hold at once',
    [{ id: 'a', waitFor: { if: { attribute: 'email', exists: true } }, timeout: 'P1D' }, { goto: 'a' }],
    false,
  ],
  [
    'on the time-out only',
    [
      { id: 'a', waitFor: { if: { attribute: 'email', exists: true } }, timeout: 'P1D', then: [{ exit: true }] },
      { goto: 'a' },
    ],
    true,
  ],
  ['round a short time-out', [{ id: 'a', waitFor: { event: 'Bought' }, timeout: 'PT5S' }, { goto: 'a' }], false],
  ['round an event', [{ id: 'a', waitFor: { event: 'Bought' }, timeout: 'P1D' }, { goto: 'a' }], true],
  ['round a date', [{ id: 'a', until: { date: 'event.properties.on' } }, { goto: 'a' }], false],
  ['round a time of day', [{ id: 'a', until: { time: '09:00' } }, { goto: 'a' }], true],
  [
    'round a parallel step, whose longest list counts',
    [{ id: 'a', parallel: [[{ tag: 'x' }], [{ wait: 'PT1H' }]] }, { goto: 'a' }],
    true,
  ],
];

test.each(loops)('a loop %s is refused or taken', (_, steps, taken) => {
  expect(faultsOf(steps).map(({ path }) => path)).toEqual(taken ? [] : [expect.stringMatching(/goto$/)]);
});

test('ids exist and are there once, ways do not lead out of a parallel list, percents add up to 100 at most', () => {
  expect(faultsOf([{ goto: 'x' }])).toMatchObject([{ path: 'steps.0.goto', message: 'there is no step x' }]);
  expect(
    faultsOf([
      { id: 'a', tag: 'x' },
      { id: 'a', tag: 'y' },
    ]),
  ).toMatchObject([{ path: expect.stringMatching(/id$/) }]);
  expect(faultsOf([{ id: 'a', wait: 'P1D' }, { parallel: [[{ goto: 'a' }]] }])).toHaveLength(1);
  expect(
    faultsOf([
      {
        split: [
          { percent: 60, then: [] },
          { percent: 50, then: [] },
        ],
      },
    ]),
  ).toHaveLength(1);
  expect(
    faultsOf([
      {
        split: [
          { percent: 33.33, then: [] },
          { percent: 66.67, then: [] },
        ],
      },
    ]),
  ).toEqual([]);
});

type Random = () => number;

const among = <T>(random: Random, values: T[]) => values[Math.floor(random() * values.length)]!;

const some = <T>(random: Random, most: number, make: () => T) =>
  Array.from({ length: 1 + Math.floor(random() * most) }, make);

const anyStep = (random: Random, depth: number): object => {
  const list = () => some(random, 3, () => anyStep(random, depth - 1));
  const simple: object[] = [
    { tag: 'x' },
    { wait: `PT${1 + Math.floor(random() * 90)}M` },
    { waitFor: { event: among(random, ['A', 'B']) }, timeout: 'PT1H' },
    { waitFor: { if: { attribute: 'email', exists: true } }, timeout: 'PT1H' },
  ];
  if (depth === 0 || random() < 0.4) return random() < 0.05 ? { exit: true } : among(random, simple);
  return among(random, [
    () => ({ parallel: some(random, 3, list) }),
    () => ({ split: [{ percent: 50, then: list() }] }),
    () => ({ waitFor: { event: 'A' }, timeout: 'PT30M', then: list(), onTimeout: list() }),
  ])();
};

const anyStory = (random: Random) =>
  some(random, 8, () => ({ name: among(random, ['A', 'B']), minutes: 1 + Math.floor(random() * 300) }))
    .toSorted((a, b) => a.minutes - b.minutes)
    .map(({ name, minutes }, nth) => happened(`evt_${nth + 1}`, name, plus(start, `PT${minutes}M`)));

/** a run from its beginning to its end, each delivery `repeats` times */
const lived = (plan: ReturnType<typeof planned>, events: Happened[], repeats: number) => {
  let { run, acts } = advance(plan, fresh(), at(start));
  const done = acts.map(({ step }) => step);
  const move = (stimulus: Parameters<typeof advance>[2]) => {
    for (let nth = 0; nth < repeats && run.state === 'running'; nth++) {
      ({ run, acts } = advance(plan, run, stimulus));
      done.push(...acts.map(({ step }) => step));
      const places = run.tokens.map(({ node }) => node);
      expect(new Set(places).size).toBe(places.length);
    }
  };
  const wake = (until: string) => {
    for (let due = run.wakes[0]; run.state === 'running' && due && due <= until; due = run.wakes[0]) move(at(due));
  };
  for (const event of events) {
    wake(event.occurredAt);
    move({ ...at(event.occurredAt), event });
  }
  wake(plus(start, 'P30D'));
  return { state: run.state, path: run.path, done };
};

test('a run never stands twice at one place, does each step of a visit once, ends, and repeated deliveries change nothing', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const random = seeded(seed);
    const plan = planned(some(random, 4, () => anyStep(random, 3)));
    const events = anyStory(random);
    const once = lived(plan, events, 1);
    expect(once.state, `seed ${seed}`).toBe('done');
    expect(new Set(once.done).size, `seed ${seed}`).toBe(once.done.length);
    expect(lived(plan, events, 2), `seed ${seed}`).toEqual(once);
  }
});
