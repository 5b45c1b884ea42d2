import * as z from 'zod';

const format = /^[A-HJ-NPR-Z0-9]{17}$/;

/** a vehicle identification number (ISO 3779) */
export const Vin = z
  .string()
  .trim()
  .toUpperCase()
  .regex(format, 'is not a VIN: 17 letters and digits, without I, O and Q')
  .meta({ examples: ['1M8GDM9AXKP042788'] });

const letters = { ABCDEFGH: 1, JKLMN: 1, P: 7, R: 9, STUVWXYZ: 2 };
const values = new Map(
  Object.entries(letters).flatMap(([run, from]) =>
    Array.from(run, (letter, nth): [string, number] => [letter, from + nth]),
  ),
);
const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

const checkDigit = (vin: string) => {
  const sum = Array.from(vin).reduce((total, char, at) => total + (values.get(char) ?? Number(char)) * weights[at]!, 0);
  return 'X0123456789'.charAt(sum % 11 === 10 ? 0 : (sum % 11) + 1);
};

/** Whether the ninth character is the check digit: mandatory in North America, elsewhere unused. */
export const vinChecks = (vin: string): 'right' | 'wrong' | 'none' => {
  if (checkDigit(vin) === vin.charAt(8)) return 'right';
  return /^[1-5]/.test(vin) ? 'wrong' : 'none';
};
