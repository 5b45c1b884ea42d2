import { randomUUID } from 'node:crypto';
import type { Crm } from '../crm.ts';
import { allOf } from '../everybody.ts';

/** why she is erased when her story is over */
export const herWish = 'she requested her erasure at the end of her story';

const timesForgotten = async (crm: Crm) =>
  (await allOf(crm, 'GET /v1/erasures')).filter(({ reason }) => reason === herWish).length;

/** Koh Mei Lin, or a namesake if the story was run before: an erased customer is not restored */
export const heroineOf = async (crm: Crm) => {
  for (let nth = 1 + (await timesForgotten(crm)); ; nth++) {
    const email = `meilin.koh${nth > 1 ? nth : ''}@example.com`;
    const { items } = await crm.ask('GET /v1/customers', { query: { email } });
    if (items.length) continue;
    return {
      email,
      userId: `u-meilin-${nth}`,
      anonymousId: randomUUID(),
      order: (what: string) => (nth > 1 ? `${what}-${nth}` : what),
      plate: `SMK${2025 + nth}K`,
    };
  }
};

export type Heroine = Awaited<ReturnType<typeof heroineOf>>;
