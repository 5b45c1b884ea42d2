import type { World } from '../world.ts';

export type Person = { id: string; email: string; token: string };

let people = 0;

/** a world in which customers call with tokens of their own */
export const portal = (crm: World) => {
  const person = async (profile: Record<string, unknown> = {}): Promise<Person> => {
    const email = `p${people++}.${crm.tenant}@example.com`;
    const body = { givenName: 'Ada', familyName: 'Tan', email, ...profile };
    const { id } = (await crm.ask('POST /v1/customers', { body })).body;
    const issued = await crm.ask('POST /v1/customers/{id}/tokens', { params: { id }, body: {} });
    return { id, email, token: issued.body.token };
  };

  /** asks as a customer */
  const as = (who: Person, key: string, asked: Parameters<World['ask']>[1] = {}) =>
    crm.ask(key, { ...asked, token: who.token });

  return { ...crm, person, as };
};
