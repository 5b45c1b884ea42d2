import * as z from 'zod';
import { bySystem, event } from './define.ts';

const score = z.number();

export const qualityReported = event('customers', 'quality.reported', bySystem, {
  summary: 'the quality of all customer records was measured; `about` is the report',
  data: () => z.object({ customers: z.int(), total: score, letters: z.record(z.string(), score) }),
  example: {
    customers: 12_000,
    total: 71.4,
    letters: { shareable: 66, transportable: 91.2, accurate: 74.8, relevant: 60, timely: 70.3, secured: 62.1 },
  },
});
