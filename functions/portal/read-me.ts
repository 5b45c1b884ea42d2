import { caller } from '../customers/me.ts';
import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';

export const readMe: UseCase<typeof routes.readMe> = (_, ctx) => caller(ctx);
