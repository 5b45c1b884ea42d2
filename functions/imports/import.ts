import * as z from 'zod';
import { Currency } from '../../events/money.ts';
import type { GrowingFile } from '../shared/aws/growing-file.ts';
import { Country } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { Encoding } from './file/encoding.ts';

const Mapping = z
  .record(z.string().max(200), z.string().max(120))
  .refine(mapping => Object.keys(mapping).length <= 200, 'has more than 200 columns');

export const ImportFields = z.strictObject({
  of: z
    .enum(['customers', 'orders', 'leads', 'opportunities'])
    .default('customers')
    .describe(
      'what its rows are. Orders are identified by their number, leads and opportunities by their externalId; each belongs to the customer that it names by customerId, customer.externalId, customer.email or customer.phone. Consecutive rows of one order are its lines',
    ),
  source: z.string().trim().min(1, 'is empty').max(100).describe('where the file comes from; stored with every value'),
  format: z.enum(['csv', 'ndjson', 'rapport']).describe('`rapport`: a copy made by an export, restored unchanged'),
  mapping: Mapping.optional().describe(
    'column -> attribute; several columns of one attribute are joined in the order of the file. Without it: what is suggested with confidence',
  ),
  currency: Currency.optional().describe('of amounts without a currency, in files of orders, leads and opportunities'),
  upsertBy: z
    .enum(['externalId', 'email'])
    .optional()
    .describe('what identifies the customer of a row; by default its external id, else its e-mail address'),
  dryRun: z.boolean().default(false).describe('reports what the import would do, and writes nothing'),
  country: Country.optional().describe('of rows without a country: how their phone numbers and postcodes are read'),
  dates: z.enum(['dmy', 'mdy']).default('dmy').describe('how dates such as 03/04/2024 are read'),
});
export type ImportFields = z.output<typeof ImportFields>;

export const Import = z.object({
  id: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  ...ImportFields.shape,
  rows: z.object({
    read: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    failed: z.int(),
    withErrors: z.int(),
  }),
  /** a link to the errors as NDJSON, valid for an hour; null while there are none */
  errorsUrl: z.string().nullable(),
  unmapped: z.array(z.string()).describe('the columns of the file that lead nowhere: their values are left out'),
  /** the most frequent errors, and how many rows have each */
  errors: z.array(z.object({ column: z.string().nullable(), message: z.string(), rows: z.int() })),
  undo: z
    .object({
      job: z.string(),
      state: z.string(),
      removed: z.int(),
      restored: z.int(),
      left: z.int(),
      reportUrl: z.string().nullable().describe('what became of each customer, by line, as NDJSON; valid for an hour'),
    })
    .nullable()
    .describe('the progress of undoing it'),
  duplicates: z
    .string()
    .nullable()
    .describe('the job that searches all customers for duplicates, which a large import starts at its end'),
  progress: z.object({ bytes: z.int(), size: z.int() }),
  problem: z.string().nullable(),
  by: z.string(),
  version: stamps.version,
  createdAt: Instant,
  updatedAt: Instant,
});

export const mostFileBytes = 1_000_000_000;

/** rows a slice: a second of work, and within a function's time on a machine that is ten times slower */
export const mostRows = 800;

export type Cursor = {
  byte: number;
  line: number;
  size: number;
  etag: string;
  encoding: Encoding;
  delimiter: string;
  columns: string[];
  skipping?: boolean;
  crOnly?: boolean;
  /** the record that continues in rows of the next slice, though it has more of them than one may have */
  torn?: string;
  /** its customers are compared at the end, see compare-later.ts */
  later?: boolean;
  /** the report of errors so far */
  report?: GrowingFile;
  /** all rows are read */
  over?: true;
};

/** errors by column and message, how many in all; the job that searches for duplicates; the last line, and the job that undoes it */
export type Result = { errors: Record<string, number>; listed: number; search?: string; lines?: number; undo?: string };

export const uploadPath = (id: string) => `imports/${id}/upload`;
export const errorsPath = (id: string) => `imports/${id}/errors.ndjson`;

export const originOf = ({ input }: Pick<Job, 'input'>) => {
  const { of, source, format, dryRun } = input as ImportFields;
  return { of, source, format, dryRun };
};

const mostErrorsShown = 20;

const frequentErrors = ({ errors = {} }: Partial<Result>) =>
  Object.entries(errors)
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostErrorsShown)
    .map(([key, rows]) => {
      const [column, message] = JSON.parse(key) as [string | null, string];
      return { column, message, rows };
    });

export const unmappedOf = (columns: string[], { mapping = {} }: Pick<ImportFields, 'mapping'>) =>
  columns.filter(column => !Object.hasOwn(mapping, column));

/** an import as it is shown, but for the link to its errors */
export const toReply = ({ cursor, slice, kind, input, counts, result, problem, ...job }: Job) => {
  const { read = 0, created = 0, updated = 0, unchanged = 0, failed = 0, withErrors = 0 } = counts;
  const { byte = 0, size = 0, columns = [] } = (cursor ?? {}) as Partial<Cursor>;
  const found = (result ?? {}) as Partial<Result>;
  return {
    ...job,
    ...(input as ImportFields),
    rows: { read, created, updated, unchanged, failed, withErrors },
    unmapped: unmappedOf(columns, input as ImportFields),
    errors: frequentErrors(found),
    undo: null,
    duplicates: found.search ?? null,
    progress: { bytes: job.state === 'done' ? size : byte, size },
    problem: problem ?? null,
  };
};
