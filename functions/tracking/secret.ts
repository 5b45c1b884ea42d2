import { createHash, randomBytes } from 'node:crypto';

/** A new key. It begins with its tenant, so that it is looked up in that tenant's store alone. */
export const newKey = (tenant: string) => `${tenant}.${randomBytes(24).toString('base64url')}`;

export const hashOf = (key: string) => createHash('sha256').update(key).digest('base64url');
