import { expect } from 'vitest';
import { merging } from './merging/merge-pair.ts';
import type { World } from './world.ts';

export type Body = Record<string, unknown>;

let organisations = 0;

/** a tenant with helpers for records of customers */
export const related = (crm: World) => {
  const pair = merging(crm);

  const refused = async (reply: Promise<{ status: number; body: { code: string } }>) => {
    const { status, body } = await reply;
    return [status, body.code];
  };

  return {
    ...pair,
    person: (profile: Body = {}) => pair.customer({ givenName: 'Ada', familyName: 'Tan', ...profile }),
    organisation: (name = `Org ${organisations++}`) => pair.customer({ kind: 'organisation', name }),
    relate: (id: string, body: Body) => pair.at('POST /v1/customers/{id}/relationships', id, { body }),
    /** labels and ids of related customers */
    relations: async (id: string, query: Record<string, string> = {}): Promise<string[]> => {
      const { status, body } = await pair.at('GET /v1/customers/{id}/relationships', id, { query });
      expect(status).toBe(200);
      return body.items.map(({ label, with: other }: Body) => `${label} ${other}`).sort();
    },
    refused,
    /** status and rejected fields */
    badFields: async (reply: Promise<{ status: number; body: { errors?: { path: string }[] } }>) => {
      const { status, body } = await reply;
      return [status, ...(body.errors ?? []).map(({ path }) => path)];
    },
  };
};
