import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import { ProfileDone, profileDone } from '../../customers/undo-profile.ts';
import { Instant } from '../../shared/http/contract.ts';
import { storedUntil } from '../../shared/jobs/job.ts';
import { type Change, put } from '../../shared/store/changes.ts';
import { entity } from '../../shared/store/entity.ts';

/** That a slice of an import changed a customer: what undoing it needs, written in the transaction of the change. */
export const ImportChange = z.object({
  importId: z.string(),
  customerId: CustomerId,
  /** the first line of the slice */
  since: z.int(),
  at: Instant,
  done: ProfileDone,
});
export type ImportChange = z.output<typeof ImportChange>;

const sorted = (line: number) => String(line).padStart(10, '0');

export const changePart = (importId: string) => `!import#${importId}#`;

export const importChanges = entity('import-change', ImportChange, {
  onErase: 'delete',
  onMerge: 'stay',
  area: 'imports',
  key: ({ importId, customerId, since }: Pick<ImportChange, 'importId' | 'customerId' | 'since'>) => ({
    of: ['customer', customerId],
    part: `${changePart(importId)}${sorted(since)}`,
  }),
  lists: {
    import: { by: ({ importId }) => importId, sort: ({ since, customerId }) => `${sorted(since)}#${customerId}` },
  },
  expires: ({ at }) => storedUntil(at),
});

type Run = { id: string; since: number; now: string };

export const logOf = ({ id, since, now }: Run, before: StoredCustomer, after: StoredCustomer): Change[] => {
  const done = profileDone(before, after);
  if (!Object.keys({ ...done.was, ...done.became }).length) return [];
  return [put(importChanges, { importId: id, customerId: after.id, since, at: now, done })];
};
