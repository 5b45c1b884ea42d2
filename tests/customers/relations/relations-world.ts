import { expect } from 'vitest';
import { merging } from '../../merging/merge-pair.ts';
import type { World } from '../../world.ts';

export type Body = Record<string, unknown>;

let organisations = 0;

/** what tests of connections ask of a tenant */
export const related = (crm: World) => {
  const pair = merging(crm);

  const refused = async (told: Promise<{ status: number; body: { code: string } }>) => {
    const { status, body } = await told;
    return [status, body.code];
  };

  return {
    ...pair,
    person: (profile: Body = {}) => pair.customer({ givenName: 'Ada', familyName: 'Tan', ...profile }),
    organisation: (name = `Org ${organisations++}`) => pair.customer({ kind: 'organisation', name }),
    relate: (id: string, body: Body) => pair.at('POST /v1/customers/{id}/relationships', id, { body }),
    /** ids at the other ends, by what they are to the customer */
    relations: async (id: string, query: Record<string, string> = {}): Promise<string[]> => {
      const { status, body } = await pair.at('GET /v1/customers/{id}/relationships', id, { query });
      expect(status).toBe(200);
      return body.items.map(({ label, with: other }: Body) => `${label} ${other}`).sort();
    },
    refused,
    /** the fields that a request is refused for */
    badFields: async (told: Promise<{ status: number; body: { errors?: { path: string }[] } }>) => {
      const { status, body } = await told;
      return [status, ...(body.errors ?? []).map(({ path }) => path)];
    },
  };
};
