import { expect } from 'vitest';
import type { World } from '../../world.ts';

/** asks for an erasure, which is taken on; gives its id */
export const erase = async (crm: Pick<World, 'ask'>, id: string, reason = 'asked for it'): Promise<string> => {
  const reply = await crm.ask('POST /v1/customers/{id}/erase', { params: { id }, body: { reason } });
  expect([reply.status, reply.body.code, reply.body.detail]).toEqual([202, undefined, undefined]);
  return reply.body.id;
};

export const receiptOf = async (crm: Pick<World, 'ask'>, id: string) =>
  (await crm.ask('GET /v1/erasures/{id}', { params: { id } })).body;
