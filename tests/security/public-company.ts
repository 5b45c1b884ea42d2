import { expect } from 'vitest';
import { tracker } from '../tracking/tracker.ts';
import { world } from '../world.ts';

/** a company whose pages carry a public key, and a customer of it that staff created */
export const company = async () => {
  const crm = await world();
  const { key } = (await crm.ask('POST /v1/write-keys', { body: { name: 'pages' } })).body;
  const server = await tracker(crm);
  const email = `ada@${crm.tenant}.example`;
  const profile = { givenName: 'Ada', familyName: 'Tan', email, dateOfBirth: '1990-02-03', phone: '+6591234567' };
  const { id } = (await crm.ask('POST /v1/customers', { body: profile })).body;
  const send = async (path: string, call: object, as = key) => {
    expect((await server.post(path, call, { key: as })).status).toBe(200);
    await crm.idle();
  };
  const identify = (userId: string, traits: object, as = key) => send('/v1/identify', { userId, traits }, as);
  const read = async (of = id) => (await crm.ask('GET /v1/customers/{id}', { params: { id: of } })).body;
  const links = async (of = id) => {
    const { body } = await crm.ask('GET /v1/customers/{id}/identities', { params: { id: of } });
    return body.items as { type: string; value: string; claimed?: boolean; vouched?: string }[];
  };
  const decisions = async (of = id) => {
    const { body } = await crm.ask('GET /v1/customers/{id}/decisions', { params: { id: of } });
    return body.items as { kind: string; outcome: string; reasons: string[] }[];
  };
  return { ...server, publicKey: key as string, email, id: id as string, send, identify, read, links, decisions };
};
