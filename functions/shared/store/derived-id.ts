import { createHash } from 'node:crypto';
import { type Id, idFrom } from '../../../events/ids.ts';

/** The id of what exists once for these values: the same for the same values, so that a record is its own claim. */
export const derivedId = <K extends Parameters<typeof idFrom>[0]>(kind: K, ...values: string[]): Id<K> =>
  idFrom(kind, createHash('sha256').update(JSON.stringify(values)).digest());
