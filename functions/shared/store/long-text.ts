import type { Json } from '../json.ts';
import { batchGet } from './batch-get.ts';
import { type Entity, type Item, placeKey } from './entity.ts';

/** Records with their long texts, as far as these were stored apart from them. */
export const withTexts = async <T, K>(tenant: string, entity: Entity<T, K>, records: T[]): Promise<T[]> => {
  const { longText } = entity;
  if (!longText) return records;
  const { field, part, as } = longText;
  const keyOf = (record: T) =>
    placeKey(tenant, { of: entity.key(record as unknown as K).of, part: part((record as { id: string }).id) });
  const lacks = (record: T) => (record as Json)[field] === undefined;
  const lacking = records.filter(lacks);
  if (!lacking.length) return records;
  const found = await batchGet(tenant, lacking.map(keyOf));
  const textOf = (item: Item | undefined) => (item?.doc as Json | undefined)?.[as] ?? '';
  return records.map(record => (lacks(record) ? { ...record, [field]: textOf(found(keyOf(record))) } : record));
};
