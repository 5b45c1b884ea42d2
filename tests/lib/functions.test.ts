import { expect, test } from 'vitest';
import { events } from '#declared/events.ts';
import { interest } from '../../functions/shared/events/interest.ts';
import { subscribesTo } from '../../functions/shared/events/subscribes-to.ts';
import { compile } from '../../functions/shared/patterns/pattern.ts';
import { jobRunner, listeners, reactions } from '../../lib/functions.ts';
import { patternsOf } from '../../lib/listeners.ts';

/** besides those that hear every event */
const listenersTo = (source: string, type: string, kind?: string) =>
  listeners
    .filter(({ reactions }) => reactions.some(one => !one.all && subscribesTo(one, { source, type, kind })))
    .map(({ name }) => name);

test('a context with kinds of jobs gets one reaction for them, with the rights that they need', () => {
  const [runner, ...others] = jobRunner(['data-quality', { works: { hygiene: { uses: ['files'] }, report: {} } }]);
  expect(others).toEqual([]);
  expect(runner).toMatchObject({
    name: 'data-quality-run-job',
    entry: 'functions/data-quality/run-job.ts',
    context: 'data-quality',
    uses: ['files'],
    kinds: ['hygiene', 'report'],
  });
});

test('a context without jobs gets none', () => expect(jobRunner(['sales', {}])).toEqual([]));

test.each([
  ['rapport.jobs', 'job.continued', 'hygiene', ['jobs']],
  ['rapport.jobs', 'job.continued', 'import', ['jobs-files']],
  ['rapport.jobs', 'job.continued', 'nothing', []],
  ['rapport.messaging', 'message.requested', undefined, ['reactions-mail-sms']],
  ['rapport-history.messaging', 'message.requested', undefined, []],
  ['shop', 'order.reported', undefined, ['reactions']],
  ['shop', 'identify', undefined, ['reactions']],
  ['rapport.x', 'order.reported', undefined, []],
])('of %s, %s (%s) is heard by those it is for', (source, type, kind, names) => {
  expect(listenersTo(source, type, kind)).toEqual(names);
});

test('history is heard by those who ask for it', () => {
  const told = listeners
    .flatMap(({ reactions }) => reactions)
    .filter(one => subscribesTo(one, { source: 'rapport-history.x', type: 'y' }));
  expect(told.map(({ name }) => name).sort()).toEqual([
    'computed-attributes-compute-attributes',
    'segments-judge-customer',
  ]);
});

test('calls that a reaction names are published whoever else subscribes to them', () => {
  const named = reactions.flatMap(({ events, named = [] }) =>
    events.flatMap(({ name: type }) => named.map(name => ({ type, name }))),
  );
  expect(named).not.toEqual([]);
  expect(named.filter(({ type, name }) => !interest.always(type, name))).toEqual([]);
});

test('one rule brings a queue what its reactions are for, and none brings anything else', () => {
  const about = [{}, { kind: 'hygiene' }, { kind: 'import' }, { kind: 'nothing' }, { event: 'Order Completed' }];
  const cases = events.flatMap(({ context, name }) =>
    ['rapport', 'rapport-history'].flatMap(from =>
      about.map(data => ({ source: `${from}.${context}`, type: name, data })),
    ),
  );
  for (const listener of listeners) {
    const rules = patternsOf(listener).map(({ source, detailType, detail }) =>
      compile({ source, ...(detailType && { 'detail-type': detailType }), ...(detail && { detail }) }),
    );
    const own = listener.reactions.filter(({ foreign }) => !foreign);
    for (const { source, type, data } of cases) {
      const { kind, event: name } = data as { kind?: string; event?: string };
      const brought = rules.filter(matches => matches({ source, 'detail-type': type, detail: { data } })).length;
      const isFor = own.some(one => subscribesTo(one, { source, type, kind, name }));
      expect(brought, `${type} of ${source} for ${listener.name}`).toBe(isFor ? 1 : 0);
    }
  }
});
