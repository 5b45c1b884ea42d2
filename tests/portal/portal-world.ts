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

  /** who signed in with a code that was mailed, and not by a token of the company's */
  const signIn = async (who: Person): Promise<Person> => {
    const to = { tenant: crm.tenant, email: who.email };
    const { nonce } = (await crm.ask('POST /v1/portal/sign-in', { token: null, body: to })).body;
    await crm.idle();
    const code = /\d{6}/.exec((await crm.outbox(who.email)).at(-1)?.text)?.[0];
    const { body } = await crm.ask('POST /v1/portal/token', { token: null, body: { ...to, code, nonce } });
    return { ...who, token: body.token };
  };

  /** asks as a customer */
  const as = (who: Person, key: string, asked: Parameters<World['ask']>[1] = {}) =>
    crm.ask(key, { ...asked, token: who.token });

  return { ...crm, person, signIn, as };
};
