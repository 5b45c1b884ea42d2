import { caseDiscarded, caseNoted, caseReplied } from '../../events/case.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { type Change, insert, remove, update } from '../shared/store/changes.ts';
import { type Place, revive } from '../shared/store/entity.ts';
import type { Text, TextRef } from '../shared/text/searchable-text.ts';
import { subscriptions } from './contract.ts';
import { type FiledText, filedTexts, filedWith, partsOf } from './filed-text.ts';
import { readTexts } from './kinds.ts';
import { textIdOf } from './text-id.ts';
import { filedUnder } from './words.ts';

/** words of a part: each is a write of its transaction */
const mostOfPart = 80;

type Part = Omit<FiledText, 'version'>;

/** a text in parts, as it is to be filed; one without words has one too, by which it is a customer's */
const partsFor = (text: Text): Part[] => {
  const words = filedUnder(`${text.title}\n${text.body}`);
  const parts = Math.max(1, Math.ceil(words.length / mostOfPart));
  return Array.from({ length: parts }, (_, nth) => ({
    id: textIdOf(text),
    nth,
    parts,
    customerId: nth ? null : (text.customerId as Part['customerId']),
    words: words.slice(nth * mostOfPart, (nth + 1) * mostOfPart),
  }));
};

const isSame = (before: FiledText, after: Part) =>
  before.customerId === after.customerId &&
  before.parts === after.parts &&
  String(before.words) === String(after.words);

const changeOf = (before: FiledText | undefined, after: Part | undefined): Change[] => {
  if (!before) return after ? [insert(filedTexts, { ...after, version: 1 })] : [];
  if (!after) return [remove(filedTexts, before)];
  return isSame(before, after) ? [] : [update(filedTexts, before, { ...after, version: before.version + 1 })];
};

type Ground = Pick<Ctx, 'store'>;

const filed = async (of: Place['of'], { store }: Ground, within?: { from: string; to: string }) => {
  const { items } = await store.partition(of, { limit: 100, ...(within ? { within } : {}) });
  return items.map(item => revive(filedTexts, item));
};

/** files a text as it is now, part by part; one that is no more is taken out */
const file = async (ref: TextRef, ctx: Ground) => {
  const [[text], before] = await Promise.all([readTexts(ctx.store, [ref]), filed(filedWith(ref), ctx, partsOf(ref))]);
  const after = text ? partsFor(text) : [];
  const nths = new Set([...before, ...after].map(({ nth }) => nth));
  for (const nth of nths) {
    const is = (part: Part) => part.nth === nth;
    await ctx.store.commit(changeOf(before.find(is), after.find(is)));
  }
};

/** takes out all that is filed with a record */
const clear = async (ref: TextRef, ctx: Ground) => {
  let parts = await filed(filedWith(ref), ctx);
  while (parts.length) {
    for (const part of parts) await ctx.store.commit([remove(filedTexts, part)]);
    parts = await filed(filedWith(ref), ctx);
  }
};

export const fileText: Reaction<typeof subscriptions.fileText> = async (event, ctx) => {
  const { about } = event;
  if (event.type === caseDiscarded.name) return clear({ id: about }, ctx);
  if (event.type === caseReplied.name || event.type === caseNoted.name) {
    return file({ id: event.data.messageId, within: about }, ctx);
  }
  return file({ id: about }, ctx);
};

// more than one transaction: what was filed before is read, and the same again changes nothing
export const handler = consume('fileText', subscriptions.fileText, fileText, { once: false });
