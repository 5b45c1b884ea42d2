import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { entity, type Place } from '../shared/store/entity.ts';
import type { TextRef } from '../shared/text/searchable-text.ts';
import { refOf, textIdOf } from './text-id.ts';

/** A part of a text as it is filed: under so many of its words as one transaction takes. What was written is not copied. */
export const FiledText = z.object({
  id: z.string(),
  /** counts from 0 */
  nth: z.int(),
  /** of how many */
  parts: z.int(),
  /** of the first part */
  customerId: CustomerId.nullable(),
  words: z.array(z.string()),
  version: z.int(),
});
export type FiledText = z.output<typeof FiledText>;

/** where a text is filed: with all that is a part of the same record */
export const filedWith = ({ id, within }: TextRef): Place['of'] => ['text', within ?? id];

/** bounds of one text's parts there */
export const partsOf = (ref: TextRef) => ({ from: `${textIdOf(ref)}#`, to: `${textIdOf(ref)}#~` });

export const filedTexts = entity('text', FiledText, {
  onMerge: 'derived',
  onErase: ({ id }) => ({ emptied: [filedWith(refOf(id))] }),
  area: 'search',
  key: ({ id, nth }: Pick<FiledText, 'id' | 'nth'>) => ({ of: filedWith(refOf(id)), part: `${id}#${nth}` }),
  lists: { customer: { by: ({ customerId }) => customerId ?? undefined } },
  entries: { word: { of: ({ words }) => words } },
});
