import * as z from 'zod';
import { Currency } from '../../events/money.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import type { Job } from '../shared/jobs/job.ts';

const Mapping = z
  .record(z.string().max(200), z.string().max(120))
  .refine(mapping => Object.keys(mapping).length <= 200, 'has more than 200 columns');

/** what the rows of a file may be of; how those come in that are not of customers is their context's to say, see importing.ts */
export const imported = ['customers', 'orders', 'leads', 'opportunities'] as const;

/** what somebody says of a file to import */
export const ImportFields = z.strictObject({
  of: z
    .enum(imported)
    .default('customers')
    .describe(
      'what its rows are of. Orders are known by their number, leads and opportunities by their externalId, and each is of the customer that it names by customerId, customer.externalId, customer.email or customer.phone; rows of an order that follow each other are its lines',
    ),
  source: z.string().trim().min(1, 'is empty').max(100).describe('where the file is from; every value remembers it'),
  format: z.enum(['csv', 'ndjson', 'rapport']).describe('`rapport`: a copy made by an export, taken back as it is'),
  mapping: Mapping.optional().describe(
    'column -> attribute; several columns of one attribute are joined in the order of the file. Without it: what is suggested with confidence',
  ),
  currency: Currency.optional().describe('of amounts that name none, in files of orders, leads and opportunities'),
  upsertBy: z
    .enum(['externalId', 'email'])
    .optional()
    .describe('what a row is known by; unless said its external id, else its e-mail address'),
  dryRun: z.boolean().default(false).describe('tells what would be done, and does nothing'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is two letters, ISO 3166-1')
    .optional()
    .describe('of rows that name none: how their phone numbers and postcodes are read'),
  dates: z.enum(['dmy', 'mdy']).default('dmy').describe('how dates such as 03/04/2024 are read'),
});
export type ImportFields = z.output<typeof ImportFields>;

/** what is said of the columns of a file; a copy has none */
export const ofColumns = ['mapping', 'upsertBy', 'country', 'currency'] as const;

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
    /** rows that came in without some of their values */
    withErrors: z.int(),
  }),
  /** a link to the errors as NDJSON, good for an hour; null while there are none */
  errorsUrl: z.string().nullable(),
  /** the most frequent errors, and in how many rows each was met */
  errors: z.array(z.object({ column: z.string().nullable(), message: z.string(), rows: z.int() })),
  duplicates: z
    .string()
    .nullable()
    .describe('the job that looks for duplicates among all customers, where a large import has begun one at its end'),
  progress: z.object({ bytes: z.int(), size: z.int() }),
  problem: z.string().nullable(),
  by: z.string(),
  version: stamps.version,
  createdAt: Instant,
  updatedAt: Instant,
});

/** a file larger than that is refused */
export const mostFileBytes = 1_000_000_000;

/** where the next slice begins */
export type Cursor = {
  byte: number;
  line: number;
  size: number;
  /** of the file as it was when the import began */
  etag: string;
  encoding: 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';
  delimiter: string;
  columns: string[];
  /** the rest of a line that is too long is passed over */
  skipping?: boolean;
  /** the record that goes on in rows of the next slice, though it has more of them than one may have */
  torn?: string;
  /** its customers are compared at the end, see compare-later.ts */
  later?: boolean;
  /** all rows are read: the errors become one file */
  gathering?: Gathering;
};

/** How far the errors' pieces are one file; `carried`: the slice that kept what is too little for a part. */
export type Gathering = { next: number; upload?: string; etags: string[]; carried?: number };

/** What was found so far: errors by column and message, how many in all, the pieces of file they are in; the job that looks for duplicates. */
export type Result = { errors: Record<string, number>; listed: number; pieces: number; search?: string };

export const nothingFound: Result = { errors: {}, listed: 0, pieces: 0 };

export const uploadPath = (id: string) => `imports/${id}/upload`;
export const errorsPath = (id: string) => `imports/${id}/errors.ndjson`;
export const piecePath = (id: string, piece: number) => `imports/${id}/errors/${piece}.ndjson`;
export const carriedPath = (id: string, slice: number) => `imports/${id}/errors/carried-${slice}.ndjson`;

/** what events say of an import */
export const saidOf = ({ input }: Pick<Job, 'input'>) => {
  const { of = 'customers', source, format, dryRun } = input as ImportFields;
  return { of, source, format, dryRun };
};

/** errors are counted by column and message */
export const errorKey = (column: string | null, message: string) => JSON.stringify([column, message]);

const mostErrorsShown = 20;

/** an import as it is told, but for the link to its errors */
export const shown = ({
  id,
  state,
  input,
  counts,
  cursor,
  result,
  problem,
  by,
  version,
  createdAt,
  updatedAt,
}: Job) => {
  const { read = 0, created = 0, updated = 0, unchanged = 0, failed = 0, withErrors = 0 } = counts;
  const { byte = 0, size = 0 } = (cursor ?? {}) as Partial<Cursor>;
  const { errors = {}, search = null } = (result ?? {}) as Partial<Result>;
  const frequent = Object.entries(errors)
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostErrorsShown)
    .map(([key, rows]) => {
      const [column, message] = JSON.parse(key) as [string | null, string];
      return { column, message, rows };
    });
  return {
    id,
    state,
    ...(input as ImportFields),
    of: saidOf({ input }).of,
    rows: { read, created, updated, unchanged, failed, withErrors },
    errors: frequent,
    duplicates: search,
    progress: { bytes: state === 'done' ? size : byte, size },
    problem: problem ?? null,
    by,
    version,
    createdAt,
    updatedAt,
  };
};
