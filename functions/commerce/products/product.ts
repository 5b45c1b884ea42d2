import * as z from 'zod';
import { idOf } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { Positive } from '../../shared/exact.ts';
import { line, prose } from '../../shared/fields.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { skuTaken } from '../errors.ts';
import { Sku } from '../price-books/price-model.ts';
import { productFaults } from './faults.ts';
import { Constraint, Image, Option } from './options.ts';

const Part = z.strictObject({ sku: Sku, quantity: Positive.default(1) });

/** the category of taxes where a product names none */
export const standardCategory = 'standard';

export const ProductFields = z
  .strictObject({
    sku: Sku,
    name: line(200),
    description: prose(5000).optional(),
    category: line(60).optional(),
    taxCategory: line(60).default(standardCategory),
    attributes: z.record(line(60), z.union([line(500), z.number(), z.boolean()])).optional(),
    options: z.array(Option).max(40).default([]),
    constraints: z.array(Constraint).max(200).default([]),
    bundle: z
      .array(Part)
      .min(1)
      .max(50)
      .describe('what it consists of; priced by its parts unless it has a price')
      .optional(),
    images: z.array(Image).max(500).default([]),
    cost: Money.optional().describe('what one unit costs the company, for margins'),
  })
  .superRefine((product, context) => {
    for (const { path, message } of productFaults(product)) context.addIssue({ code: 'custom', path, message });
  });

export const Product = z.object({
  id: idOf('product'),
  ...ProductFields.shape,
  state: z.enum(['active', 'archived']),
  ...stamps,
});
export type Product = z.output<typeof Product>;

export const products = entity('product', Product, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all' }, category: { by: ({ category }) => category } },
  unique: { sku: { taken: skuTaken, of: ({ sku }) => sku } },
});
