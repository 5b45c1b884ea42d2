import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { events as catalogue } from '#declared/events.ts';
import type { EventType } from '../../events/define.ts';
import { foreignEvents } from '../../events/foreign.ts';

const folder = join(import.meta.dirname, '..', '..', 'events');
const exported = await Promise.all(
  globSync('*.ts', { cwd: folder }).map(async file => Object.entries(await import(join(folder, file)))),
);
const declared = exported
  .flat()
  .filter((entry): entry is [string, EventType] => {
    const value = entry[1];
    return typeof value === 'object' && value !== null && 'context' in value && 'example' in value;
  })
  .map(([, event]) => event);

test('every declared event is in the catalogue, once', () => {
  const names = (events: EventType[]) => events.map(({ name }) => name).sort();
  expect(names(catalogue)).toEqual(names(declared));
  expect(new Set(names(catalogue)).size).toBe(catalogue.length);
});

describe.each(catalogue.map(event => [event.name, event] as const))('%s', (_, event) => {
  test('has an example that its own schema takes, and a summary', () => {
    expect(event.data.safeParse(event.example).error).toBeUndefined();
    expect(event.summary.length).toBeGreaterThan(10);
  });

  test('is named noun.past-verb', () => expect(event.name).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/));
});

test.each(foreignEvents.map(event => [event.name, event] as const))(
  'foreign %s has an example that fits',
  (_, event) => {
    expect(event.detail.safeParse(event.example).error).toBeUndefined();
  },
);
