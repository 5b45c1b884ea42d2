import * as z from 'zod';
import { event, fromCustomer } from './define.ts';

export const callReceived = event('customers', 'call.received', fromCustomer, {
  summary: 'a customer is calling: who answers is shown who it is',
  data: () => z.object({ callId: z.string(), line: z.string().nullable() }),
  example: { callId: 'CA7f3c', line: '+6561234567' },
});
