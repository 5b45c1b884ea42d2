import type * as z from 'zod';
import { foreignEvents } from '../../../events/foreign.ts';
import type { AnyImportable } from '../../shared/imports/importable.ts';
import { leadsByFile } from '../by-file/leads-by-file.ts';
import { opportunitiesByFile } from '../by-file/opportunities-by-file.ts';
import { ordersByFile } from '../by-file/orders-by-file.ts';

/** What other systems report on the bus, and how it comes in: as rows of files do. */
export const reports: Record<string, AnyImportable> = {
  'order.reported': ordersByFile,
  'lead.reported': leadsByFile,
  'opportunity.reported': opportunitiesByFile,
};

export const detailOf = (type: string) => foreignEvents.find(({ name }) => name === type)?.detail as z.ZodType;
