import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { entity } from '../shared/store/entity.ts';

/** Whose a row is that names neither an external id nor an e-mail address, so that it is known when it comes again. */
export const ImportedRow = z.object({ id: z.string(), customerId: CustomerId });

export const importedRows = entity('imported-row', ImportedRow, {
  onMerge: 'follow',
  onErase: 'delete',
  area: 'imports',
  owner: ({ customerId }) => customerId,
});
