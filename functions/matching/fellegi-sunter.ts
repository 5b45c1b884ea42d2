/**
 * The model of Fellegi and Sunter (1969). Of each outcome of a comparison: how often it is seen in two records of one customer
 * (`m`) and in records of two (`u`).
 */
export type Odds = { m: number; u: number };

export const weightOf = ({ m, u }: Odds) => Math.log2(m / u);

export const bitsOf = (probability: number) => Math.log2(probability / (1 - probability));
export const probabilityOf = (bits: number) => 1 / (1 + 2 ** -bits);
