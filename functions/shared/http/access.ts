import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { entity } from '../store/entity.ts';
import { Instant } from './contract.ts';

const Access = z.object({
  customerId: CustomerId,
  /** tokens issued before then are invalid */
  notBefore: Instant,
});

export const accesses = entity('access', Access, {
  onMerge: 'stay',
  onErase: left => ({ left }),
  area: 'profile',
  key: ({ customerId }: { customerId: string }) => ({ of: ['customer', customerId], part: 'access' }),
});

export const IssuedToken = z.object({ token: z.string(), expiresAt: Instant });
