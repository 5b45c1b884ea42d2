import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { seen } from './list.ts';

export const readList: Handler<typeof routes.readList> = ({ params: { id = '' } }, ctx) => seen(ctx, id);
