import type { Person } from './people.ts';
import type { Random } from './random.ts';

const models = [
  ['VOLT-7', 'Auto Volt 7', 12_990_000, 3],
  ['VOLT-5', 'Auto Volt 5', 10_490_000, 4],
  ['CITY-3', 'Auto City 3', 8_890_000, 6],
  ['FAMILY-9', 'Auto Family 9', 16_590_000, 2],
  ['TERRA-X', 'Auto Terra X', 18_990_000, 1],
] as const;

export const modelNames = models.map(([sku, name]) => ({ sku, name }));

const letters = 'ABCDEGHJKLMPRSTUXYZ';
const vinDigits = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';
const text = (random: Random, from: string, count: number) =>
  Array.from({ length: count }, () => random.pick([...from])).join('');

export type Car = ReturnType<typeof carOf>;

/** a car with a plate and a chassis number of their own form */
export const carOf = (random: Random, { nth }: Person) => {
  const [sku, model] = random.weighted(models.map(known => [known, known[3]] as const));
  const year = random.int(2016, 2026);
  const month = String(random.int(1, year === 2026 ? 10 : 12)).padStart(2, '0');
  return {
    owner: nth,
    plate: `S${text(random, letters, 2)}${random.int(1, 9999)}${text(random, letters, 1)}`,
    vin: `AUT${text(random, vinDigits, 14)}`,
    sku,
    model,
    year,
    boughtOn: `${year}-${month}-${String(random.int(1, 28)).padStart(2, '0')}`,
    mileage: random.int(200, 16_000) * Math.max(1, 2026 - year),
  };
};
