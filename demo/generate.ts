import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { behaviourOf } from './generate/behaviour.ts';
import { type Car, carOf } from './generate/cars.ts';
import { csvOf } from './generate/csv.ts';
import { type Person, personOf } from './generate/people.ts';
import { seeded } from './generate/random.ts';
import { salesRow } from './generate/sales-file.ts';
import { serviceRow } from './generate/service-file.ts';
import { webSignUp } from './generate/web-file.ts';

/** Auto Inc.'s customers, as its three departments know them; the same files every time */
const random = seeded(20_261_122);
const folder = join(import.meta.dirname, 'data');

type Row = { of: Person; again?: boolean };

const people = Array.from({ length: 1700 }, (_, nth) => personOf(random, nth + 1));

// who is in which list; nobody in none
const lists = people.map(() => {
  const [sales, service, web] = [random.chance(0.52), random.chance(0.42), random.chance(0.33)];
  return { sales: sales || !(service || web), service, web };
});
const listed = (list: 'sales' | 'service' | 'web', twice: number): Row[] =>
  people.flatMap((of, nth) => {
    if (!lists[nth]?.[list]) return [];
    return random.chance(twice) ? [{ of }, { of, again: true }] : [{ of }];
  });

const cars = new Map<number, Car>();
for (const [nth, person] of people.entries()) {
  const share = lists[nth]?.service ? 0.97 : 0.5;
  if (random.chance(share)) cars.set(person.nth, carOf(random, person));
}

const sales = random.shuffled(listed('sales', 0.02));
const service = random.shuffled(listed('service', 0.04));
const web = random.shuffled(listed('web', 0));

const salesRows = sales.map(({ of }) => salesRow(random, of));
const serviceRows = service.map(({ of }, nth) => serviceRow(random, of, cars.get(of.nth), nth + 1));
const signUps = web.map(({ of }) => webSignUp(random, of));
const calls = behaviourOf(
  random,
  web.map(({ of }) => of),
  650,
);

// who each line really is, for judging what a matcher finds
const truth = [
  ...sales.map(({ of }, nth) => ({ person: of.nth, file: 'sales', line: nth + 2 })),
  ...service.map(({ of }, nth) => ({ person: of.nth, file: 'service', line: nth + 2 })),
  ...web.map(({ of }, nth) => ({ person: of.nth, file: 'web', line: nth + 1 })),
];

const vehicles = [...cars.values()].map(({ owner, ...car }) => ({
  plate: car.plate,
  vin: car.vin,
  model: car.model,
  year: car.year,
  bought_on: car.boughtOn,
  mileage_km: car.mileage,
  cust_no: lists[owner - 1]?.sales ? `S${20_000 + owner * 3}` : '',
}));

const files = {
  'sales.csv': csvOf(salesRows),
  'service.csv': csvOf(serviceRows, ';'),
  'web-sign-ups.json': `[\n${signUps.map(signUp => JSON.stringify(signUp)).join(',\n')}\n]\n`,
  'vehicles.csv': csvOf(vehicles),
  'events.ndjson': `${calls.map(call => JSON.stringify(call)).join('\n')}\n`,
  'truth.csv': csvOf(truth),
};

mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  writeFileSync(join(folder, name), text);
  console.log(`${name.padEnd(18)} ${text.trim().split('\n').length} lines, ${Math.round(text.length / 1024)} KB`);
}
