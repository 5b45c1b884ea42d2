import { remove } from '../shared/changes.ts';
import type { UseCase } from '../shared/contract.ts';
import type { routes } from './contract.ts';
import { writeKeys } from './write-key.ts';

export const revokeWriteKey: UseCase<typeof routes.revokeWriteKey> = async ({ params: { id = '' } }, { store }) => {
  const writeKey = await store.need(writeKeys, { id });
  return store.commit([remove(writeKeys, writeKey)], writeKey);
};
