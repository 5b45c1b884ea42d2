import type { Handler } from '../../shared/http/contract.ts';
import type { routes } from '../contract.ts';
import { needBulk } from './bulk.ts';
import { reported } from './reported.ts';

export const readBulk: Handler<typeof routes.readBulk> = async ({ params: { id = '' } }, ctx) =>
  reported(await needBulk(ctx.store, id), ctx);
