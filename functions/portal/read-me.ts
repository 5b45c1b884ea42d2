import { caller } from '../customers/me.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';

export const readMe: Handler<typeof routes.readMe> = (_, ctx) => caller(ctx);
