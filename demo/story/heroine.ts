import { randomUUID } from 'node:crypto';
import type { Crm } from '../crm.ts';

/** Koh Mei Lin, or her namesake when she has told her story here before */
export const heroineOf = async (crm: Crm) => {
  for (let nth = 1; ; nth++) {
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
