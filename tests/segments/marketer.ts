import { expect } from 'vitest';
import { merging } from '../merging/merge-pair.ts';
import { type Told, world } from '../world.ts';

export type Body = Record<string, unknown>;

/** a tenant, with short ways to segments and to what puts customers into them */
export const marketer = async () => {
  const crm = merging(await world());

  const done = (status: number, reply: Told) => {
    expect(reply.status, JSON.stringify(reply.body)).toBe(status);
    return reply.body;
  };

  const all = async (key: string, id: string): Promise<Told['body'][]> => {
    const found: Told['body'][] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string | number> = { limit: 100, ...(cursor ? { cursor } : {}) };
      const { items, nextCursor } = done(200, await crm.at(key, id, { query }));
      found.push(...items);
      cursor = nextCursor;
    } while (cursor);
    return found;
  };

  return {
    ...crm,
    done,
    all,
    segment: async (condition: unknown, more: Body = {}): Promise<Told['body']> =>
      done(201, await crm.ask('POST /v1/segments', { body: { name: 'S', condition, ...more } })),
    segmentation: async (classes: [name: string, condition: unknown][], more: Body = {}): Promise<Told['body']> => {
      const body = { name: 'Value', classes: classes.map(([name, condition]) => ({ name, condition })), else: 'rest' };
      return done(201, await crm.ask('POST /v1/segmentations', { body: { ...body, ...more } }));
    },
    change: (id: string, body: Body) => crm.at('PATCH /v1/segments/{id}', id, { body }),
    shown: async (id: string) => done(200, await crm.at('GET /v1/segments/{id}', id)),
    members: async (id: string): Promise<string[]> =>
      (await all('GET /v1/segments/{id}/members', id)).map(({ customerId }) => customerId).sort(),
    segmentsOf: async (id: string): Promise<string[]> =>
      (await all('GET /v1/customers/{id}/segments', id)).map(({ segmentId }) => segmentId),
    /** the events of a customer and a segment, oldest first */
    moves: async (id: string, segmentId: string): Promise<string[]> =>
      (await all('GET /v1/customers/{id}/timeline', id))
        .filter(({ type, about }) => type.startsWith('segment.') && about === segmentId)
        .map(({ type }) => type.slice('segment.'.length))
        .reverse(),
    patch: async (id: string, body: Body) => done(200, await crm.at('PATCH /v1/customers/{id}', id, { body })),
    track: async (userId: string, event: string, more: Body = {}) =>
      crm.put('track', { userId, event, messageId: crypto.randomUUID(), ...more }),
  };
};

export type Marketer = Awaited<ReturnType<typeof marketer>>;
