import { csvOf } from '../demo/generate/csv.ts';
import { personOf } from '../demo/generate/people.ts';
import { seeded } from '../demo/generate/random.ts';
import { salesRow } from '../demo/generate/sales-file.ts';

/** one line in ten is of a person who is already in the list, under another number */
const again = 0.1;

/** A department's list as it really is: `count` lines, with the faults that people make, and some people twice. */
export const dirtyRows = (count: number): string => {
  const random = seeded(count);
  let people = 0;
  const rows = Array.from({ length: count }, (_, nth) => {
    const of = people && random.chance(again) ? random.int(0, people - 1) : people++;
    return { ...salesRow(random, personOf(seeded(of), of)), cust_no: `S${nth}` };
  });
  return csvOf(rows);
};

export const mapping = {
  cust_no: 'externalId',
  first_name: 'givenName',
  last_name: 'familyName',
  email: 'email',
  mobile: 'phone',
  address: 'address.line1',
  postal_code: 'address.postcode',
  country: 'address.country',
  date_of_birth: 'dateOfBirth',
  consultant: 'attributes.consultant',
};
