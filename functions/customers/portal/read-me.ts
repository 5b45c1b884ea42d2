import type { UseCase } from '../../shared/contract.ts';
import type { routes } from './contract.ts';
import { caller } from './me.ts';

export const readMe: UseCase<typeof routes.readMe> = (_, ctx) => caller(ctx);
