import { filesOf } from '../shared/aws/files.ts';
import { appendTo, completeFile, emptyFile, type GrowingFile } from '../shared/aws/growing-file.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Work } from '../shared/jobs/work.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { type Change, remove, update, updated } from '../shared/store/changes.ts';
import { chooseOutcome } from './choose-outcome.ts';
import { channelFacts, customerFacts } from './facts.ts';
import { fileEnd, fileHead, filePath, type Letter, letterPages, letters } from './letter.ts';
import { type Message, messages } from './message.ts';
import { campaignStops, type Stop } from './pause.ts';
import { recorded } from './record-delivery.ts';

const perSlice = 30;
const together = 10;

type Cursor = { file: GrowingFile; after: string | null };

/** why it is not printed any more: what speaks against it since it was written, but for when and how often */
const against = async (
  { customerId, channel, topic }: Message,
  campaign: Stop | undefined,
  ctx: Ctx,
): Promise<string | undefined> => {
  const found = await customerFacts(customerId, ctx);
  if (!found) return 'the customer does not exist any more';
  const request = { channel, topic };
  const known = await channelFacts(found, request, ctx);
  const settings = { ...known.settings, frequencyCaps: [] };
  const outcome = chooseOutcome({ ...known, settings, campaign, guards: undefined, request });
  return outcome.do === 'skip' ? outcome.reason : undefined;
};

type Printed = { text: string; changes: Change[] };

const printed = async (listed: Letter, fileId: string, ctx: Ctx): Promise<Printed> => {
  const { now, store } = ctx;
  const [letter, page, message] = await Promise.all([
    store.get(letters, listed),
    store.get(letterPages, listed),
    store.get(messages, listed),
  ]);
  if (letter?.state !== 'open' || !page || !message) return { text: '', changes: [] };
  const { campaignId } = message;
  const campaign = campaignId ? await store.get(campaignStops, { id: campaignId }) : undefined;
  if (campaign?.state === 'paused') return { text: '', changes: [] };
  const reason = await against(message, campaign, ctx);
  const fields = reason ? { state: 'dropped' as const } : { state: 'printed' as const, fileId, printedAt: now };
  const changes = [update(letters, letter, updated(now, letter, fields)), remove(letterPages, page)];
  if (!reason) return { text: page.html, changes };
  return { text: '', changes: [...changes, ...recorded(message, { state: 'failed', reason, permanent: false }, now)] };
};

/** Prints each letter that is open once: what a slice printed is committed with where it ends in the file. */
export const printLetters: Work = {
  async slice({ id, slice, input, ...job }, ctx) {
    const { batch } = input as { batch?: string };
    const { file, after } = (job.cursor as Cursor | null) ?? { file: emptyFile, after: null };
    const paging = { limit: ctx.perSlice(perSlice), cursor: after ?? undefined, upwards: true };
    const { items, nextCursor } = await (batch
      ? ctx.store.list(letters, 'batch', batch, paging)
      : ctx.store.list(letters, 'state', 'open', paging));
    const done = await mapConcurrent(items, together, one => printed(one, id, ctx));
    const pages = done.flatMap(({ text }) => text || []);
    const text = [job.cursor ? '' : fileHead, ...pages, nextCursor ? '' : fileEnd].join('');
    const files = filesOf(ctx.tenant, { short: true });
    const grown = await appendTo(files, filePath(id), file, { slice, text });
    if (!nextCursor) await completeFile(files, filePath(id), grown);
    const touched = done.filter(({ changes }) => changes.length).length;
    const counts = { letters: pages.length, dropped: touched - pages.length };
    const cursor = nextCursor ? ({ file: grown, after: nextCursor } as never) : null;
    return { cursor, counts, changes: done.flatMap(({ changes }) => changes) };
  },
};
