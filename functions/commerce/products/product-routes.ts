import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { nullableFields } from '../../customers/customer.ts';
import { customerNotFound } from '../../customers/errors.ts';
import { line } from '../../shared/fields.ts';
import { creates, lists, route } from '../../shared/http/contract.ts';
import { productIsArchived, skuTaken } from '../errors.ts';
import { Sku } from '../price-books/price-model.ts';
import { Configuration } from './configuration.ts';
import { Choices } from './options.ts';
import { Product, ProductFields } from './product.ts';

const read = { scope: 'sales.read' } as const;
const write = { scope: 'sales.write' } as const;

const { name, description, category, attributes, bundle, cost, taxCategory, options, constraints, images } =
  ProductFields.shape;

const choices = { colour: 'red', battery: 'long-range' };

const Configured = z.object({
  valid: z.boolean().describe('a whole configuration can have these choices'),
  complete: z.boolean().describe('nothing that is required is missing'),
  errors: z.array(z.object({ path: z.string(), message: z.string(), constraint: z.int().optional() })),
  missing: z.array(z.string()).describe('required options without a value'),
  options: z
    .array(
      z.object({
        id: z.string(),
        required: z.boolean(),
        chosen: z.string().nullable(),
        values: z.array(z.object({ id: z.string(), possible: z.boolean(), reason: z.string().optional() })),
      }),
    )
    .describe('what can be chosen next, beside the other choices'),
  image: z.string().nullable(),
});

const NewConfiguration = z.strictObject({ choices: Choices, name: line(200).optional() });
const MyConfiguration = Configuration.omit({ customerId: true, by: true });

export const productRoutes = {
  createProduct: route('POST /v1/products', {
    summary: 'Add a product to the catalogue: its options, what they require and exclude, or the parts of a bundle',
    ...write,
    body: ProductFields,
    reply: Product,
    ...creates('/v1/products'),
    errors: [skuTaken],
    example: {
      sku: 'VOLT-7',
      name: 'Auto Volt 7',
      options: [
        { id: 'colour', values: [{ id: 'red', price: { amounts: { SGD: '900.00' } } }, { id: 'white' }] },
        { id: 'battery', values: [{ id: 'city' }, { id: 'long-range', price: { percent: '8' } }] },
        { id: 'towbar', required: false, values: [{ id: 'fixed' }] },
      ],
      constraints: [{ if: { towbar: 'fixed' }, requires: { battery: 'long-range' } }],
      images: [{ key: 'volt-7.png' }, { key: 'volt-7-red.png', when: { colour: 'red' } }],
    },
  }),
  findProducts: route('GET /v1/products', {
    summary: 'List products, latest first, all or of a category, or find one by its sku',
    ...read,
    ...lists(Product, {
      sku: Sku.optional(),
      category: line(60).optional(),
      state: z.enum(['active', 'archived']).optional(),
    }),
  }),
  readProduct: route('GET /v1/products/{id}', { summary: 'Read a product', ...read, reply: Product }),
  changeProduct: route('PATCH /v1/products/{id}', {
    summary: 'Change a product (JSON Merge Patch; lists are replaced as a whole); its sku stays',
    ...write,
    body: z.strictObject({
      name: name.optional(),
      taxCategory: taxCategory.unwrap().optional(),
      options: options.unwrap().optional(),
      constraints: constraints.unwrap().optional(),
      images: images.unwrap().optional(),
      ...nullableFields({ description, category, attributes, bundle, cost }),
    }),
    reply: Product,
    errors: [productIsArchived],
    example: { name: 'Auto Volt 7 (2027)' },
  }),
  archiveProduct: route('POST /v1/products/{id}/archive', {
    summary: 'Archive a product: it is sold and configured no more',
    ...write,
    reply: Product,
  }),
  configureProduct: route('POST /v1/products/{id}/configure', {
    summary: 'Check what was chosen of a product, see what can be chosen next, and the image of it; nothing is saved',
    ...read,
    body: z.strictObject({ choices: Choices }),
    reply: Configured,
    errors: [productIsArchived],
    example: { choices },
  }),
};

export const configurationRoutes = {
  saveConfiguration: route('POST /v1/products/{id}/configurations', {
    summary: 'Save a configuration of a product, perhaps of a customer; it can be priced by its id',
    ...write,
    body: NewConfiguration.extend({ customerId: CustomerId.optional() }),
    reply: Configuration,
    ...creates('/v1/configurations'),
    errors: [customerNotFound, productIsArchived],
    example: { choices },
  }),
  readConfiguration: route('GET /v1/configurations/{id}', {
    summary: 'Read a saved configuration',
    ...read,
    reply: Configuration,
  }),
  configurationsOfCustomer: route('GET /v1/customers/{id}/configurations', {
    summary: 'List the saved configurations of a customer, latest first',
    ...read,
    ...lists(Configuration),
  }),
  configureAsCustomer: route('POST /v1/me/products/{id}/configure', {
    summary: 'Check what the customer chose of a product, and see what can be chosen next',
    auth: 'customer',
    body: z.strictObject({ choices: Choices }),
    reply: Configured,
    errors: [productIsArchived],
    example: { choices },
  }),
  saveMyConfiguration: route('POST /v1/me/products/{id}/configurations', {
    summary: 'Save a configuration as a customer',
    auth: 'customer',
    body: NewConfiguration,
    reply: MyConfiguration,
    ...creates('/v1/me/configurations'),
    errors: [productIsArchived],
    example: { choices },
  }),
  listMyConfigurations: route('GET /v1/me/configurations', {
    summary: 'List the customer’s own configurations, latest first',
    auth: 'customer',
    ...lists(MyConfiguration),
  }),
  readMyConfiguration: route('GET /v1/me/configurations/{id}', {
    summary: 'Read a configuration of the customer',
    auth: 'customer',
    reply: MyConfiguration,
  }),
};
