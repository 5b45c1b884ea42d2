import type { Ctx } from '../shared/http/context.ts';
import { tenantName } from '../shared/http/principal.ts';
import { cacheFor } from './cache.ts';
import { writeKeyInvalid, writeKeyMissing } from './errors.ts';
import { hashOf, writeKeys } from './write-key.ts';

/** valid or not; a revoked key stops working within this time */
const keys = cacheFor<{ id: string | undefined }>(60_000, 10_000);

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
  const { id } = await keys.of(key, { now }, async () => ({ id: await store.holder(writeKeys, 'hash', hashOf(key)) }));
  if (!id) throw writeKeyInvalid();
  return ctx.as(tenant, `source:${id}`);
};
