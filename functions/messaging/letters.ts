import { newId } from '../../events/ids.ts';
import { lettersGathered } from '../../events/message.ts';
import { filesOf } from '../shared/aws/files.ts';
import { handlers } from '../shared/http/contract.ts';
import { type Job, jobs, startJob } from '../shared/jobs/job.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { letterRoutes } from './contract.ts';
import { letterFileNotFound, letterNotFound, letterNotPrinted } from './errors.ts';
import { filePath, letters } from './letter.ts';
import { messages } from './message.ts';
import { recorded } from './record-delivery.ts';

const fileOf = ({ id, state, by, input, counts, createdAt, updatedAt, version }: Job, url: string | null = null) => {
  const { batch = null } = input as { batch?: string };
  const { letters = 0, dropped = 0 } = counts;
  return { ...{ id, batch, state, by, createdAt, updatedAt, version }, letters, dropped, url };
};

export const letterHandlers = handlers(letterRoutes, {
  listLetters: ({ query: { state, batch, ...paging } }, { store }) =>
    batch && state === 'open'
      ? store.list(letters, 'batch', batch, { ...paging, upwards: true })
      : store.list(letters, 'state', state, {
          ...paging,
          upwards: state === 'open',
          keep: letter => batch === undefined || letter.batch === batch,
        }),
  returnLetter: async ({ params: { id = '' }, body: { reason } }, { now, store }) => {
    const [letter, message] = await Promise.all([store.get(letters, { id }), store.get(messages, { id })]);
    if (!letter || !message) throw letterNotFound();
    if (letter.state === 'returned') return letter;
    if (letter.state !== 'printed') throw letterNotPrinted();
    const after = updated(now, letter, { state: 'returned' });
    const returned = recorded(message, { state: 'bounced', reason, permanent: true }, now);
    return store.commit([update(letters, letter, after), ...returned], after);
  },
  createLetterFile: async ({ body }, { now, actor, store }) => {
    const { job, changes } = startJob(now, { id: newId('export', now), kind: 'print-letters', by: actor, input: body });
    return store.commit([...changes, emit(lettersGathered, { about: job.id, data: body })], fileOf(job));
  },
  listLetterFiles: async ({ query }, { store }) => {
    const { items, nextCursor } = await store.list(jobs, 'kind', 'print-letters', query);
    return { items: items.map(job => fileOf(job)), nextCursor };
  },
  readLetterFile: async ({ params: { id = '' } }, { tenant, store }) => {
    const job = await store.get(jobs, { id });
    if (job?.kind !== 'print-letters') throw letterFileNotFound();
    const files = filesOf(tenant, { short: true });
    const exists = job.state === 'done' && (await files.look(filePath(id)));
    return fileOf(job, exists ? await files.downloadUrl(filePath(id), { filename: `letters-${id}.html` }) : null);
  },
});
