import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { idOf } from '../../events/ids.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { writeKeyTaken } from './errors.ts';

export const WriteKey = z.object({
  id: idOf('writeKey'),
  name: z.string().trim().min(1, 'is empty').max(100),
  /** SHA-256 of the key; the key itself is not stored */
  hash: z.string(),
  ...stamps,
});

export const writeKeys = entity('writeKey', WriteKey, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' } },
  unique: { hash: { taken: writeKeyTaken, of: ({ hash }) => hash } },
});

/** A new key. It begins with its tenant, so that it is looked up in that tenant's store alone. */
export const newKey = (tenant: string) => `${tenant}.${randomBytes(24).toString('base64url')}`;

export const hashOf = (key: string) => createHash('sha256').update(key).digest('base64url');
