import { newId } from '../../events/ids.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { first, insert } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { hashOf, newKey } from './secret.ts';
import { writeKeys } from './write-key.ts';

export const createWriteKey: UseCase<typeof routes.createWriteKey> = async ({ body }, { tenant, store, now }) => {
  const key = newKey(tenant);
  const writeKey = first(now, { id: newId('writeKey', now), name: body.name, hash: hashOf(key) });
  return store.commit([insert(writeKeys, writeKey)], { ...writeKey, key });
};
