import * as z from 'zod';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { line } from '../../shared/fields.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Choices } from './options.ts';

/** What was chosen of a product's options, perhaps not all yet. */
export const Configuration = z.object({
  id: idOf('configuration'),
  productId: idOf('product'),
  sku: z.string(),
  customerId: CustomerId.nullable(),
  name: line(200).optional(),
  choices: Choices,
  complete: z.boolean(),
  image: z.string().nullable(),
  by: z.string(),
  ...stamps,
});
export type Configuration = z.output<typeof Configuration>;

export const configurations = entity('configuration', Configuration, {
  onErase: 'delete',
  onMerge: 'follow',
  owner: ({ customerId }) => customerId,
});
