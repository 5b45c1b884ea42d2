import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from './read-csv.ts';

type Json = Record<string, unknown>;

/** a line of one of the three lists, as the API takes it */
export type Row = {
  file: string;
  line: number;
  profile: Json;
  /** its own number in that list: stands in when there is no e-mail address to know somebody by */
  number: string;
  /** asked for the newsletter */
  newsletter?: boolean;
};

const text = (name: string) => readFileSync(join(import.meta.dirname, 'data', name), 'utf8');

/** empty columns say nothing */
const said = (fields: Json) =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== undefined && value !== '' && !(typeof value === 'object' && value && !Object.keys(value).length),
    ),
  );

const countries: Record<string, string> = {
  singapore: 'SG',
  "s'pore": 'SG',
  malaysia: 'MY',
  msia: 'MY',
  indonesia: 'ID',
};

/** the lists are a Singapore company's: who gave no country, and no postcode of elsewhere, lives there */
const countryOf = (given: string, postcode = '') => {
  const typed = given.trim();
  return countries[typed.toLowerCase()] ?? (typed || (postcode.length === 5 ? '' : 'SG'));
};

const isoDate = (typed = '') => typed.trim().replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$2-$1');

const namesOf = (whole = '') => {
  const [family, given] = whole.split(/,\s*/);
  return given ? { givenName: given, familyName: family } : { name: whole.trim() && whole };
};

type Car = Record<string, string>;
const carOf = (car: Car | undefined) =>
  car && { plate: car.plate, model: car.model, year: Number(car.year), mileageKm: Number(car.mileage_km) };

const salesRows = (byOwner: Map<string, Car>): Row[] =>
  readCsv(text('sales.csv')).map(
    (row, nth) =>
      ({
        file: 'sales',
        line: nth + 2,
        number: row.cust_no && `sales-${row.cust_no}`,
        newsletter: row.newsletter === 'Y',
        profile: said({
          givenName: row.first_name,
          familyName: row.last_name,
          email: row.email,
          phone: row.mobile,
          dateOfBirth: isoDate(row.date_of_birth),
          address: said({
            line1: row.address,
            postcode: row.postal_code,
            country: countryOf(row.country ?? '', row.postal_code),
          }),
          identifiers: said({ sales: row.cust_no }),
          attributes: said({
            salutation: row.salutation,
            consultant: row.consultant,
            lastShowroomVisit: isoDate(row.showroom_visit),
            vehicle: carOf(byOwner.get(row.cust_no ?? '')),
          }),
        }),
      }) as Row,
  );

const serviceRows = (byPlate: Map<string, Car>): Row[] =>
  readCsv(text('service.csv'), ';').map((row, nth) => ({
    file: 'service',
    line: nth + 2,
    number: row.ServiceNo ? `service-${row.ServiceNo}` : '',
    profile: said({
      ...namesOf(row.Customer),
      email: row.Email,
      phone: row.Tel,
      address: said({ postcode: row.Postcode, country: countryOf('', row.Postcode) }),
      identifiers: said({ service: row.ServiceNo }),
      attributes: said({
        lastServiceOn: row['Last service'],
        workshopNote: row.Remarks,
        vehicle: carOf(byPlate.get(row.Plate ?? '')),
      }),
    }),
  }));

type SignUp = Record<string, string> & { newsletter: unknown };

const webRows = (): Row[] =>
  (JSON.parse(text('web-sign-ups.json')) as SignUp[]).map((row, nth) => ({
    file: 'web',
    line: nth + 1,
    number: row.userId ?? '',
    newsletter: row.newsletter === true,
    profile: said({
      externalId: row.userId,
      givenName: row.firstName,
      familyName: row.lastName,
      email: row.email,
      phone: row.phone,
      locale: row.locale,
      address: said({ postcode: row.postalCode, country: row.country }),
      attributes: { signedUpAt: row.signedUpAt },
    }),
  }));

/** the three lists, in the order they are imported; vehicles come with the customer that they are known for */
export const readSources = (): Row[][] => {
  const vehicles = readCsv(text('vehicles.csv'));
  const by = (column: string) => new Map(vehicles.filter(car => car[column]).map(car => [car[column] as string, car]));
  return [salesRows(by('cust_no')), serviceRows(by('plate')), webRows()];
};

type Call = { anonymousId?: string };

/** a month of tracked calls, oldest first, after the calls that tell whose anonymous visits they were */
export const readCalls = (): object[] => {
  const calls = text('events.ndjson')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Call);
  const visitors = new Set(calls.map(({ anonymousId }) => anonymousId));
  const signUps = (JSON.parse(text('web-sign-ups.json')) as SignUp[]).filter(one => visitors.has(one.anonymousId));
  const known = signUps.map(({ userId, anonymousId, signedUpAt }) => ({
    ...{ type: 'identify', userId, anonymousId, traits: {} },
    ...{ messageId: `sign-up-${userId}`, timestamp: signedUpAt },
  }));
  return [...known, ...calls];
};

/** which person each line is about, as nobody at Auto Inc. knows */
export const readTruth = () =>
  new Map(readCsv(text('truth.csv')).map(row => [`${row.file}:${row.line}`, row.person ?? '']));
