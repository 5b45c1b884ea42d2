import { expect, test } from 'vitest';
import * as z from 'zod';
import { entity } from '../../functions/shared/store/entity.ts';
import { openStore } from '../../functions/shared/store/store.ts';
import { VersionConflict } from '../../functions/shared/store/transaction.ts';
import { ownTable } from '../tracking/own-table.ts';
import { world } from '../world.ts';

const Note = z.object({ id: z.string(), words: z.array(z.string()), version: z.int() });

const notes = entity('test-note', Note, { onErase: 'not-personal', entries: { word: { of: ({ words }) => words } } });

const notesOf = async () => {
  const crm = await world();
  await ownTable(crm.awsUrl);
  const store = openStore({ tenant: crm.tenant, now: await crm.now(), actor: 'test' });
  const under = async (word: string) =>
    (await store.under(notes, 'word', word, { as: 'whole', limit: 9 })).items.map(({ id }) => id);
  const found = async () => {
    const words = ['oil', 'tyre', 'brake'];
    const lists = await Promise.all(words.map(under));
    return words.filter((_, nth) => lists[nth]!.length);
  };
  return { store, found };
};

const note = (version: number, ...words: string[]) => ({ id: 'note_1', words, version });

test('a derived record is found by what it is now, and what was interrupted is completed by the same again', async () => {
  const { store, found } = await notesOf();
  const [first, second] = [note(1, 'oil', 'tyre'), note(2, 'tyre', 'brake')];
  await store.derive(notes, undefined, first);
  expect(await found()).toEqual(['oil', 'tyre']);
  await store.derive(notes, first, second);
  expect(await found()).toEqual(['tyre', 'brake']);
  await store.discard([{ of: ['entry', 'test-note.word#brake'], part: 'brake#note_1' }]);
  expect(await found()).toEqual(['tyre']);
  await store.derive(notes, second, second);
  expect(await found()).toEqual(['tyre', 'brake']);
});

test('of two writers of a derived record the slower decides again, and takes nothing from the faster', async () => {
  const { store, found } = await notesOf();
  const first = note(1, 'oil', 'tyre');
  await store.derive(notes, undefined, first);
  await store.derive(notes, first, note(2, 'oil', 'brake'));
  await expect(store.derive(notes, first, note(2, 'tyre'))).rejects.toThrow(VersionConflict);
  await expect(store.derive(notes, undefined, note(1, 'tyre'))).rejects.toThrow(VersionConflict);
  expect(await store.get(notes, { id: 'note_1' })).toEqual(note(2, 'oil', 'brake'));
  expect(await found()).toEqual(['oil', 'brake']);
});
