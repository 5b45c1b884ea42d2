import { filesOf } from '../shared/aws/files.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { Sliced, Work } from '../shared/jobs/work.ts';
import { type Cursor, copyPath, restPath } from './export.ts';
import { gather } from './gather.ts';
import { kinds } from './kinds.ts';
import { format, lineOf } from './lines.ts';

/** what S3 wants of every part but the last */
const leastPart = 5 * 1024 * 1024;

const heading = ({ tenant, now }: Ctx) => lineOf({ rapport: format, tenant, exportedAt: now, kinds: kinds() });

const ending = ({ counts }: Job, more: { items: number; files: number }) =>
  lineOf({ end: true, items: (counts.items ?? 0) + more.items, files: (counts.files ?? 0) + more.files });

/**
 * Copies what is kept to one large file, a part at a time; a slice done again writes the same part again. Each item is as it
 * was when it was read: what changes meanwhile may be of before or after.
 */
export const exportWork: Work = {
  async slice(job, ctx): Promise<Sliced> {
    const { id, slice } = job;
    const files = filesOf(ctx.tenant, { short: true });
    const begin = async (): Promise<Cursor> => {
      const upload = await files.multipart.begin(copyPath(id));
      return { upload, etags: [], rest: 0, at: { of: 'items', after: null } };
    };
    const { upload, etags, rest, at: from } = (job.cursor as Cursor | null) ?? (await begin());
    const { at, text, ...found } = await gather(from, ctx);
    const parts = [
      rest ? await files.read(restPath(id, slice)) : '',
      job.cursor ? '' : heading(ctx),
      text,
      at ? '' : ending(job, found),
    ];
    const bytes = Buffer.concat(parts.map(part => Buffer.from(part as string)));
    if (rest) await files.remove(restPath(id, slice - 1));
    const counts = { ...found, bytes: bytes.length - rest };
    if (at && bytes.length < leastPart) {
      await files.put(restPath(id, slice + 1), bytes);
      return { cursor: { upload, etags, rest: bytes.length, at } satisfies Cursor as never, counts };
    }
    const tags = [...etags, await files.multipart.part(copyPath(id), upload, etags.length + 1, bytes)];
    if (at) return { cursor: { upload, etags: tags, rest: 0, at } satisfies Cursor as never, counts };
    await files.multipart.end(copyPath(id), upload, tags).catch(async error => {
      // done a second time: the parts are one file already
      if (!(await files.look(copyPath(id)))) throw error;
    });
    return { cursor: null, counts };
  },
};
