import type { Handler } from '../shared/http/contract.ts';
import { remove } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { writeKeys } from './write-key.ts';

export const revokeWriteKey: Handler<typeof routes.revokeWriteKey> = async ({ params: { id = '' } }, { store }) => {
  const writeKey = await store.need(writeKeys, { id });
  return store.commit([remove(writeKeys, writeKey)], writeKey);
};
