import { messageId, track, tracker } from '../tracking/tracker.ts';
import type { World } from '../world.ts';

type Body = Record<string, unknown>;

/** A tenant with a tracked customer `u-1`, and what these tests do with it. */
export const computing = async (crm: World) => {
  const tracked = await tracker(crm);

  const declare = (name: string, body: Body, headers = {}) =>
    crm.ask('PUT /v1/attributes/{name}', { params: { name }, body, headers });

  /** declares, and waits until all customers there are have been gone through */
  const define = async (name: string, type: string, computed: Body, more: Body = {}) => {
    const reply = await declare(name, { type, computed, ...more });
    if (reply.status > 201) throw new Error(JSON.stringify(reply.body));
    await crm.idle();
    return reply.body;
  };

  const stateOf = async (name: string) => (await crm.ask('GET /v1/attributes/{name}', { params: { name } })).body.state;

  const read = async (id: string) => (await crm.ask('GET /v1/customers/{id}', { params: { id } })).body;

  const attributes = async (id: string): Promise<Body> => (await read(id)).attributes ?? {};

  /** things that user `u-1` did, minutes after the hour unless said otherwise */
  const happen = async (...calls: [event: string, properties?: Body, more?: Body][]) => {
    const batch = calls.map(([event, properties = {}, more = {}]) => track(event, { properties, ...more }));
    const { status } = await tracked.post('/v1/batch', { batch });
    if (status !== 200) throw new Error(`tracking: ${status}`);
    return batch;
  };

  const provenance = async (id: string, attribute: string) => {
    const { body } = await crm.ask('GET /v1/customers/{id}/provenance', { params: { id } });
    return body.items.find((one: Body) => one.attribute === attribute);
  };

  return { ...tracked, ...crm, declare, define, stateOf, read, attributes, happen, provenance, messageId };
};

/** an instant so many days before another, or now */
export const daysAgo = (days: number, since = new Date().toISOString()) =>
  new Date(Date.parse(since) - days * 86_400_000).toISOString();
