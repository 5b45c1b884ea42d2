import { behaviourOf } from './behaviour.ts';
import { type Car, carOf } from './cars.ts';
import { csvOf } from './csv.ts';
import { type Person, personOf } from './people.ts';
import { type Random, seeded } from './random.ts';
import { salesRow } from './sales-file.ts';
import { serviceRow } from './service-file.ts';
import { webSignUp } from './web-file.ts';

/** how many people there are, and visits to the web site in a month */
const counts = { people: 1700, visits: 650 };

type Known = { person: Person; in: Record<'sales' | 'service' | 'web', boolean>; car: Car | undefined };

const knownOf = (random: Random, nth: number): Known => {
  const person = personOf(random, nth);
  const [sales, service, web] = [random.chance(0.52), random.chance(0.42), random.chance(0.33)];
  const car = random.chance(service ? 0.97 : 0.5) ? carOf(random, person) : undefined;
  return { person, in: { sales: sales || !(service || web), service, web }, car };
};

/** who is on a list, in no order; some twice */
const listed = (random: Random, everybody: Known[], list: keyof Known['in'], twice: number) =>
  random.shuffled(
    everybody.flatMap(one => {
      if (!one.in[list]) return [];
      return random.chance(twice) ? [one, one] : [one];
    }),
  );

const vehicles = (everybody: Known[]) =>
  everybody.flatMap(({ person: { nth }, in: { sales }, car }) =>
    car
      ? [
          {
            ...{ plate: car.plate, vin: car.vin, model: car.model, year: car.year },
            ...{ bought_on: car.boughtOn, mileage_km: car.mileage },
            cust_no: sales ? `S${20_000 + nth * 3}` : '',
          },
        ]
      : [],
  );

const jsonLines = (values: object[]) => values.map(value => JSON.stringify(value));

/** Auto Inc.'s files, name -> text, as its three departments keep them; the same for the same seed */
export const companyFiles = (seed: number): Record<string, string> => {
  const random = seeded(seed);
  const everybody = Array.from({ length: counts.people }, (_, nth) => knownOf(random, nth + 1));
  const sales = listed(random, everybody, 'sales', 0.02);
  const service = listed(random, everybody, 'service', 0.04);
  const web = listed(random, everybody, 'web', 0);
  // which person each line is about, for judging what a matcher finds
  const truth = (file: string, lines: Known[], first: number) =>
    lines.map(({ person }, nth) => ({ person: person.nth, file, line: nth + first }));
  const visitors = web.map(({ person }) => person);
  return {
    'sales.csv': csvOf(sales.map(({ person }) => salesRow(random, person))),
    'service.csv': csvOf(
      service.map(({ person, car }, nth) => serviceRow(random, person, car, nth + 1)),
      ';',
    ),
    'web-sign-ups.json': `[\n${jsonLines(visitors.map(person => webSignUp(random, person))).join(',\n')}\n]\n`,
    'vehicles.csv': csvOf(vehicles(everybody)),
    'events.ndjson': `${jsonLines(behaviourOf(random, visitors, counts.visits)).join('\n')}\n`,
    'truth.csv': csvOf([...truth('sales', sales, 2), ...truth('service', service, 2), ...truth('web', web, 1)]),
  };
};
