import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { idOf } from '../../events/ids.ts';
import { cacheFor } from '../shared/cache.ts';
import type { Ctx } from '../shared/http/context.ts';
import { stamps } from '../shared/http/contract.ts';
import { tenantName } from '../shared/http/principal.ts';
import { entity } from '../shared/store/entity.ts';
import { writeKeyInvalid, writeKeyMissing, writeKeyTaken } from './errors.ts';

export const WriteKey = z.object({
  id: idOf('writeKey'),
  name: z.string().trim().min(1, 'is empty').max(100),
  kind: z
    .enum(['public', 'server'])
    .default('public')
    .describe(
      '`public` stands in a page or an app and proves nothing; `server` is secret, and its calls count as your own',
    ),
  /** SHA-256 of the key; the key itself is not stored */
  hash: z.string(),
  ...stamps,
});

export type WriteKey = z.output<typeof WriteKey>;

export const writeKeys = entity('write-key', WriteKey, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' } },
  unique: { hash: { taken: writeKeyTaken, of: ({ hash }) => hash } },
});

/** A new key. It begins with its tenant, so that it is looked up in that tenant's store alone, and says its kind. */
export const newKey = (tenant: string, kind: WriteKey['kind']) =>
  `${tenant}.${kind === 'server' ? 'server.' : ''}${randomBytes(24).toString('base64url')}`;

export const hashOf = (key: string) => createHash('sha256').update(key).digest('base64url');

/** valid or not; a revoked key stops working within this time */
const tested = cacheFor<{ id: string | undefined }>(60_000, 10_000);

type Request = { headers: Record<string, string | undefined>; query?: Record<string, string> | undefined };

const userOfBasic = (authorization = '') => {
  const [, basic] = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization) ?? [];
  return basic && Buffer.from(basic, 'base64').toString().split(':')[0];
};

/** the write key of a request outside its body: user name of Basic, else query */
export const keyOutside = ({ headers, query }: Request): string | undefined =>
  userOfBasic(headers.authorization) || query?.writeKey || undefined;

/** What a write key gives access to: its tenant's store. Refuses an unknown or revoked key. */
export const sourceOf = async (key: unknown, ctx: Ctx): Promise<Ctx> => {
  if (key === undefined || key === '') throw writeKeyMissing();
  if (typeof key !== 'string' || key.length > 200) throw writeKeyInvalid();
  const [tenant = ''] = key.split('.');
  if (!tenantName.test(tenant)) throw writeKeyInvalid();
  const { store, now } = ctx.as(tenant, 'source:unknown');
  const { id } = await tested.of(key, { now }, async () => ({
    id: await store.holder(writeKeys, 'hash', hashOf(key)),
  }));
  if (!id) throw writeKeyInvalid();
  return ctx.as(tenant, key.startsWith(`${tenant}.server.`) ? `source:server:${id}` : `source:${id}`);
};
