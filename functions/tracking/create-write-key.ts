import { newId } from '../../events/ids.ts';
import type { Handler } from '../shared/http/contract.ts';
import { created, insert } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { hashOf, newKey } from './secret.ts';
import { writeKeys } from './write-key.ts';

export const createWriteKey: Handler<typeof routes.createWriteKey> = async ({ body }, { tenant, store, now }) => {
  const key = newKey(tenant);
  const writeKey = created(now, { id: newId('writeKey', now), name: body.name, hash: hashOf(key) });
  return store.commit([insert(writeKeys, writeKey)], { ...writeKey, key });
};
