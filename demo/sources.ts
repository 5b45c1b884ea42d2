import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from './read-csv.ts';

type Row = Record<string, string>;

/** One of the company's lists of customers, as it is: a file to import, and where its columns lead. */
export type List = {
  name: 'sales' | 'service' | 'web';
  text: string;
  format: 'csv' | 'ndjson';
  mapping: Record<string, string>;
  rows: Row[];
  /** the line of the file that a row is on */
  lineOf: (nth: number) => number;
  /** where a customer keeps the list's own number, and the column it is in */
  number: { path: string; column: string };
  /** the address of a row that requested the newsletter */
  newsletter: (row: Row) => string | undefined;
};

const text = (name: string) => readFileSync(join(import.meta.dirname, 'data', name), 'utf8');

const sales = (): List => {
  const file = text('sales.csv');
  return {
    name: 'sales',
    text: file,
    format: 'csv',
    mapping: {
      cust_no: 'identifiers.sales',
      salutation: 'attributes.salutation',
      first_name: 'givenName',
      last_name: 'familyName',
      email: 'email',
      mobile: 'phone',
      address: 'address.line1',
      postal_code: 'address.postcode',
      country: 'address.country',
      date_of_birth: 'dateOfBirth',
      consultant: 'attributes.consultant',
      showroom_visit: 'attributes.lastShowroomVisit',
    },
    rows: readCsv(file),
    lineOf: nth => nth + 2,
    number: { path: 'identifiers.sales', column: 'cust_no' },
    newsletter: ({ newsletter, email }) => (newsletter === 'Y' ? email : undefined),
  };
};

const service = (): List => {
  const file = text('service.csv');
  return {
    name: 'service',
    text: file,
    format: 'csv',
    mapping: {
      ServiceNo: 'identifiers.service',
      Customer: 'name',
      Tel: 'phone',
      Email: 'email',
      Plate: 'attributes.plate',
      Postcode: 'address.postcode',
      'Last service': 'attributes.lastServiceOn',
      Remarks: 'attributes.workshopNote',
    },
    rows: readCsv(file, ';'),
    lineOf: nth => nth + 2,
    number: { path: 'identifiers.service', column: 'ServiceNo' },
    newsletter: () => undefined,
  };
};

const web = (): List => {
  const rows = JSON.parse(text('web-sign-ups.json')) as (Row & { newsletter: unknown })[];
  return {
    name: 'web',
    text: rows.map(row => `${JSON.stringify(row)}\n`).join(''),
    format: 'ndjson',
    mapping: {
      userId: 'externalId',
      firstName: 'givenName',
      lastName: 'familyName',
      email: 'email',
      phone: 'phone',
      country: 'address.country',
      postalCode: 'address.postcode',
      locale: 'locale',
      signedUpAt: 'attributes.signedUpAt',
    },
    rows,
    lineOf: nth => nth + 1,
    number: { path: 'externalId', column: 'userId' },
    newsletter: row => ((row as { newsletter: unknown }).newsletter === true ? row.email : undefined),
  };
};

/** the three lists, in the order they are imported */
export const readLists = (): List[] => [sales(), service(), web()];

/** the cars that were sold, with the number of who bought them where it is known */
export const readCars = () => readCsv(text('vehicles.csv'));

type Call = { anonymousId?: string };

/** a month of tracked calls, oldest first, after the calls that identify the anonymous visitors */
export const readCalls = (): object[] => {
  const calls = text('events.ndjson')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Call);
  const visitors = new Set(calls.map(({ anonymousId }) => anonymousId));
  const signUps = web().rows.filter(({ anonymousId }) => visitors.has(anonymousId));
  const known = signUps.map(({ userId, anonymousId, signedUpAt }) => ({
    ...{ type: 'identify', userId, anonymousId, traits: {} },
    ...{ messageId: `sign-up-${userId}`, timestamp: signedUpAt },
  }));
  return [...known, ...calls];
};

/** which person each line is about, which Auto Inc. does not know */
export const readTruth = () =>
  new Map(readCsv(text('truth.csv')).map(row => [`${row.file}:${row.line}`, row.person ?? '']));
