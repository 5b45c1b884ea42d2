import { typedEmail, typedName, typedPhone } from './dirt.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

const consultants = ['Goh Mei Fen', 'R. Anand', 'Farhan Yusof', 'Denise Pereira', 'Lim Chee Seng'] as const;
const countries: Record<string, readonly string[]> = {
  SG: ['SG', 'Singapore', 'SINGAPORE', 'Sg', "S'pore", ''],
  MY: ['MY', 'Malaysia', 'Msia'],
  ID: ['ID', 'Indonesia'],
};

const typedDate = (random: Random, born: string) => {
  const [year, month, day] = born.split('-');
  return random.weighted([
    [`${day}/${month}/${year}`, 66],
    ['', 20],
    [born, 8],
    [`31/02/${year}`, 2],
    ['00/00/0000', 2],
    [`${day}/${month}/${year?.slice(2)}`, 2],
  ]);
};

const visit = (random: Random) =>
  `${String(random.int(1, 28)).padStart(2, '0')}/${String(random.int(1, 10)).padStart(2, '0')}/2026`;

/** a line of the sales department's list, as a consultant typed it */
export const salesRow = (random: Random, person: Person) => ({
  cust_no: `S${String(20_000 + person.nth * 3)}`,
  salutation: random.pick(['Mr', 'Ms', 'Mdm', 'Dr', '']),
  first_name: random.chance(0.015) ? '' : typedName(random, person.given),
  last_name: random.chance(0.015) ? '' : typedName(random, person.family),
  email: random.chance(0.1) ? '' : typedEmail(random, person.email),
  mobile: typedPhone(random, person.phone),
  address: random.chance(0.12) ? '' : person.line1,
  postal_code: random.chance(0.06) ? '' : person.postcode,
  country: random.pick(countries[person.country] ?? ['']),
  date_of_birth: typedDate(random, person.born),
  consultant: random.pick(consultants),
  showroom_visit: random.chance(0.7) ? visit(random) : '',
  newsletter: random.weighted([
    ['Y', 5],
    ['N', 3],
    ['', 2],
  ]),
});
