import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { seen } from './list.ts';

export const readList: UseCase<typeof routes.readList> = ({ params: { id = '' } }, ctx) => seen(ctx, id);
