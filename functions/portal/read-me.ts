import { callingCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';

export const readMe: Handler<typeof routes.readMe> = (_, ctx) => callingCustomer(ctx);
