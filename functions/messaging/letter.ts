import * as z from 'zod';
import { MessageId } from '../../events/ids.ts';
import { displayName, type StoredCustomer } from '../customers/customer.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { escaped } from '../shared/http/html-page.ts';
import { Job } from '../shared/jobs/job.ts';
import { type Change, created, insert, put } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { dayOf } from '../shared/time/duration.ts';
import { postalLines } from './addresses.ts';
import type { Message, MessageContent } from './message.ts';

/** A message of the channel post: it is printed with others of its day or campaign. */
export const Letter = z.object({
  id: MessageId,
  to: z.string(),
  state: z.enum(['open', 'printed', 'dropped', 'returned']),
  batch: z.string().describe('of which letters are printed together: the id of the campaign, else the day in UTC'),
  fileId: z.string().nullable().describe('the file that it was printed with'),
  printedAt: Instant.nullable(),
  ...stamps,
});
export type Letter = z.output<typeof Letter>;

export const letters = entity('letter', Letter, {
  onErase: 'delete',
  area: 'messages',
  key: ({ id }: { id: string }) => ({ of: ['message', id], part: 'letter' }),
  lists: {
    state: { by: ({ state }) => state, shards: 4 },
    batch: { by: ({ state, batch }) => (state === 'open' ? batch : undefined), shards: 4 },
  },
});

const LetterPage = z.object({ id: MessageId, html: z.string() });

/** what is printed, until it is */
export const letterPages = entity('letter-page', LetterPage, {
  onErase: 'delete',
  area: 'messages',
  key: ({ id }: { id: string }) => ({ of: ['message', id], part: 'letter-page' }),
});

export const pageOf = (customer: StoredCustomer, { html, text, subject }: MessageContent) => {
  const lines = [displayName(customer), ...(postalLines(customer) ?? [])].filter(Boolean).map(escaped);
  const body = html ?? `<div class="text">${escaped(text)}</div>`;
  const head = subject ? `<p><strong>${escaped(subject)}</strong></p>` : '';
  return `<section><address>${lines.join('<br>')}</address>${head}${body}</section>\n`;
};

export const letterChanges = ({ id, to, campaignId }: Message, html: string, now: string): Change[] => {
  const fields = { id, to: to ?? '', batch: campaignId ?? dayOf(now) };
  const letter = { ...fields, state: 'open' as const, fileId: null, printedAt: null };
  return [insert(letters, created(now, letter)), put(letterPages, { id, html })];
};

/** A file of letters, a page each: a job. */
export const LetterFile = z.object({
  id: z.string(),
  batch: z.string().nullable(),
  ...Job.pick({ state: true, by: true, createdAt: true, updatedAt: true, version: true }).shape,
  letters: z.int(),
  dropped: z.int().describe('whose customer withdrew, moved away or was erased since'),
  url: z.string().nullable().describe('a link to the file as HTML, valid for an hour; null until it is done'),
});

export const LetterFileFields = z.strictObject({
  batch: z.string().max(60).optional().describe('a campaign or a day; unless given all letters that are open'),
});

export const filePath = (id: string) => `letters/${id}.html`;

const style =
  '@page{size:A4;margin:0}body{margin:0;font:11pt/1.4 serif}section{break-after:page;padding:20mm 20mm 20mm 25mm}' +
  'address{font-style:normal;height:45mm;margin-top:25mm}.text{white-space:pre-wrap}';

/** a page for each letter; nothing in it runs, or is loaded but pictures */
export const fileHead = `<!doctype html>
<html><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src https: data:"><title>Letters</title><style>${style}</style></head><body>
`;

export const fileEnd = '</body></html>\n';
