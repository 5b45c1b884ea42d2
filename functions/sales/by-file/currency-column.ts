import type { FileField } from '../../shared/imports/importable.ts';

/** the column that says which currency amounts are in, as people call it */
export const currencyColumn: FileField = { is: 'currency', words: 'currencycode waehrung devise moneda' };
