import type { Evidence } from './score.ts';

const signed = (bits: number) => `${bits < 0 ? '-' : '+'}${Math.abs(bits).toFixed(1)}`;

/** the evidence in words, what weighs most first: `same date of birth: +14.5` */
export const reasonsOf = (evidence: Evidence[]) =>
  [...evidence]
    .sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits))
    .map(({ words, bits }) => `${words}: ${signed(bits)}`);
