import * as z from 'zod';
import { Instant } from '../../shared/http/contract.ts';
import { put } from '../../shared/store/changes.ts';
import { entity } from '../../shared/store/entity.ts';
import type { Store } from '../../shared/store/store.ts';
import { plus } from '../../shared/time/duration.ts';

/** What a dry run of an import would have written: a record, or who would hold a key. */
const DryRunRow = z.object({
  importId: z.string(),
  id: z.string(),
  record: z.json().optional(),
  holder: z.string().nullable().optional(),
  until: Instant,
});

/** those of an import lie together */
export const dryRunRows = entity('dry-run-row', DryRunRow, {
  onErase: 'delete',
  area: 'imports',
  key: ({ importId, id }: { importId: string; id: string }) => ({ of: ['dry-run-row', importId], part: id }),
  expires: ({ until }) => until,
});

export const dryRunRowsFor = 'P1D';

/** The records of a dry run, which are laid over the stored ones. */
export const dryRunStore = (store: Store, { id: importId, now }: { id: string; now: string }) => {
  const until = plus(now, dryRunRowsFor);
  return {
    read: async (ids: string[]) => {
      const keys = ids.map(id => ({ importId, id }));
      const found = await store.getAll(dryRunRows, keys);
      return new Map(found.map(one => [one.id, one]));
    },
    record: (id: string, record: unknown) =>
      put(dryRunRows, { importId, id, record: record as z.output<typeof DryRunRow>['record'], until }),
    holder: (id: string, holder: string | null) => put(dryRunRows, { importId, id, holder, until }),
  };
};
