import * as z from 'zod';
import { idOf } from '../../events/ids.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

export const WriteKey = z.object({
  id: idOf('writeKey'),
  name: z.string().trim().min(1, 'is empty').max(100),
  /** SHA-256 of the key, which itself is kept nowhere */
  hash: z.string(),
  ...stamps,
});

export const writeKeys = entity('writeKey', WriteKey, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' } },
  unique: { hash: { code: 'write-key.taken', of: ({ hash }) => hash } },
});
