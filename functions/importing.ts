import { leadsByFile } from './sales/by-file/leads-by-file.ts';
import { opportunitiesByFile } from './sales/by-file/opportunities-by-file.ts';
import { ordersByFile } from './sales/by-file/orders-by-file.ts';
import type { AnyByFile } from './shared/imports/importable.ts';

/** What the rows of an imported file may be of, besides customers. */
export const importing: Record<string, AnyByFile> = {
  orders: ordersByFile,
  leads: leadsByFile,
  opportunities: opportunitiesByFile,
};
