import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { tenantName } from '../shared/http/principal.ts';
import { hashOf } from './secret.ts';
import { writeKeys } from './write-key.ts';

/** how long a key is remembered as good or bad: a revoked one stops within this time */
const rememberedMs = 60_000;
const mostRemembered = 10_000;

const remembered = new Map<string, { id: string | undefined; until: number }>();

type Request = { headers: Record<string, string | undefined>; query?: Record<string, string> | undefined };

const userOfBasic = (authorization = '') => {
  const [, basic] = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization) ?? [];
  return basic && Buffer.from(basic, 'base64').toString().split(':')[0];
};

/** the write key of a request outside its body: user name of Basic, else query */
export const keyOutside = ({ headers, query }: Request): string | undefined =>
  userOfBasic(headers.authorization) || query?.writeKey || undefined;

const idOfKey = async (key: string, { store }: Ctx, at: number) => {
  const before = remembered.get(key);
  if (before && before.until > at && before.until <= at + rememberedMs) return before.id;
  const id = await store.holder(writeKeys, 'hash', hashOf(key));
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(key, { id, until: at + rememberedMs });
  return id;
};

/** What a write key's holder may work with: its tenant's store. Refuses a key that nobody gave out, or that was revoked. */
export const sourceOf = async (key: unknown, ctx: Ctx): Promise<Ctx> => {
  const unknown = () => new ApiError('unauthenticated', 'write-key.invalid', 'this write key is not known');
  if (key === undefined || key === '')
    throw new ApiError('unauthenticated', 'write-key.missing', 'a write key is needed');
  const [tenant = ''] = typeof key === 'string' && key.length <= 200 ? key.split('.') : [];
  if (!tenantName.test(tenant)) throw unknown();
  const id = await idOfKey(key as string, ctx.as(tenant, 'source:unknown'), Date.parse(ctx.now));
  if (!id) throw unknown();
  return ctx.as(tenant, `source:${id}`);
};
