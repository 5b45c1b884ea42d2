import type { Car } from './cars.ts';
import { typedEmail, typedName, typedPhone } from './dirt.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

const remarks = [
  'regular; brings own oil',
  'call after 6pm',
  'squeaking brakes, see "job 1182"',
  'wife collects car',
  'prefers WhatsApp',
  'fleet rate; ask Denise',
] as const;

const whole = (random: Random, { given, family, locale }: Person) => {
  const first = locale === 'en-SG' || locale === 'en-MY' ? 6 : 1;
  return random.weighted([
    [`${family} ${given}`, first],
    [`${given} ${family}`, 5],
    [`${family}, ${given}`, 2],
  ]);
};

/** a line of the workshop's list: one name field, no country */
export const serviceRow = (random: Random, person: Person, car: Car | undefined, nth: number) => ({
  ServiceNo: random.chance(0.008) ? '' : `W-${String(nth).padStart(5, '0')}`,
  Customer: random.chance(0.02) ? '' : typedName(random, whole(random, person)),
  Tel: typedPhone(random, person.phone),
  Email: random.chance(0.28) ? '' : typedEmail(random, person.email),
  Plate: car?.plate ?? '',
  Postcode: random.chance(0.15) ? '' : person.postcode,
  'Last service': random.chance(0.8)
    ? `2026-${String(random.int(1, 10)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`
    : '',
  Remarks: random.chance(0.15) ? random.pick(remarks) : '',
});
