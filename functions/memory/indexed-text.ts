import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { entity, type Place } from '../shared/store/entity.ts';
import type { TextRef } from '../shared/text/searchable-text.ts';

/** The id of a text: the time of its record first, so that ids sort by age, then what leads back to the record. */
export const textIdOf = ({ id, within }: TextRef): string => {
  const [prefix, stamp] = id.split('_');
  return [stamp, prefix, ...(within ? [within] : [])].join('.');
};

export const refOf = (textId: string): TextRef => {
  const [stamp, prefix, within] = textId.split('.');
  return { id: `${prefix}_${stamp}`, ...(within ? { within } : {}) };
};

/** A part of a text in the index, under as many of its words as one transaction takes. The text itself is not copied. */
export const IndexedText = z.object({
  id: z.string(),
  nth: z.int(),
  parts: z.int(),
  /** of the first part only */
  customerId: CustomerId.nullable(),
  words: z.array(z.string()),
  version: z.int(),
});
export type IndexedText = z.output<typeof IndexedText>;

/** the partition of a text: it is shared with all parts of the same record */
export const partitionOf = ({ id, within }: TextRef): Place['of'] => ['text', within ?? id];

export const boundsOf = (ref: TextRef) => ({ from: `${textIdOf(ref)}#`, to: `${textIdOf(ref)}#~` });

export const indexedTexts = entity('text', IndexedText, {
  onErase: ({ id }) => ({ emptied: [partitionOf(refOf(id))] }),
  onMerge: 'derived',
  area: 'search',
  key: ({ id, nth }: Pick<IndexedText, 'id' | 'nth'>) => ({ of: partitionOf(refOf(id)), part: `${id}#${nth}` }),
  lists: { customer: { by: ({ customerId }) => customerId ?? undefined } },
  entries: { word: { of: ({ words }) => words } },
});
