import { describe, expect, test } from 'vitest';
import { type Told, type World, world } from '../world.ts';

const office = async () => {
  const crm: World = await world();
  const done = async (asked: Promise<Told>) => {
    const { status, body } = await asked;
    expect(status, JSON.stringify(body)).toBeLessThan(300);
    return body;
  };
  let people = 0;
  return {
    ...crm,
    done,
    staff: (userId: string, fields: object = {}) =>
      done(crm.ask('PUT /v1/staff/{userId}', { params: { userId }, body: { name: userId, ...fields } })),
    rule: (id: string, body: object) =>
      done(crm.ask('PUT /v1/assignment-rules/{id}', { params: { id }, body: { rank: 1, ...body } })),
    lead: (fields: object = {}) =>
      done(
        crm.ask('POST /v1/leads', {
          body: { contact: { email: `c${++people}@${crm.tenant}.example`, name: 'C' }, ...fields },
        }),
      ),
    read: (id: string) => done(crm.ask('GET /v1/leads/{id}', { params: { id } })),
    tell: (id: string, verb: string, body: object = {}) =>
      done(crm.ask(`POST /v1/leads/{id}/${verb}`, { params: { id }, body })),
    decisions: async (id: string) => (await done(crm.ask('GET /v1/leads/{id}/decisions', { params: { id } }))).items,
  };
};

describe('assignment rules of leads', () => {
  test('leads go in turn, up to the limit; a freed place takes the oldest that waits; each decision has its reasons', async () => {
    const crm = await office();
    for (const id of ['ann', 'ben']) await crm.staff(id);
    await crm.rule('all', { to: { staff: ['ann', 'ben'] }, method: 'roundRobin', limit: 2 });
    const all: { id: string }[] = [];
    for (let nth = 0; nth < 6; nth++) {
      all.push(await crm.lead());
      await crm.idle();
    }
    const owners = async () => Promise.all(all.map(async ({ id }) => (await crm.read(id)).ownerId));
    expect(await owners()).toEqual(['ann', 'ben', 'ann', 'ben', null, null]);
    const [waits] = await crm.decisions(all[4]!.id);
    expect(waits).toMatchObject({ outcome: 'waits under all', whyNot: { ann: 'has no free capacity (2 of 2)' } });

    await crm.tell(all[1]!.id, 'qualify');
    await crm.idle();
    expect(await owners()).toEqual(['ann', 'ben', 'ann', 'ben', 'ben', null]);
    await crm.tell(all[0]!.id, 'disqualify', { reason: 'no budget' });
    await crm.idle();
    expect((await owners()).at(-1)).toBe('ann');
    const [given] = await crm.decisions(all[5]!.id);
    expect(given).toMatchObject({ kind: 'assignment', outcome: 'assigned to ann', cause: all[5]!.id });
    expect(given.reasons.join()).toContain('waited since');
  });

  test('thirty leads at once: everybody has as many as the others, and never more than the limit', async () => {
    const crm = await office();
    const staff = ['a', 'b', 'c', 'd'];
    for (const id of staff) await crm.staff(id);
    await crm.rule('all', { to: { staff }, limit: 7 });
    const all = await Promise.all(Array.from({ length: 30 }, () => crm.lead()));
    await crm.idle(60_000);
    const owners = await Promise.all(all.map(async ({ id }) => (await crm.read(id)).ownerId));
    expect(staff.map(id => owners.filter(one => one === id).length)).toEqual([7, 7, 7, 7]);
    expect(owners.filter(one => one === null)).toHaveLength(2);
  }, 180_000);

  test('the first rule by rank applies: to a team, or to the territory that the customer is in', async () => {
    const crm = await office();
    await crm.done(crm.ask('PUT /v1/teams/{id}', { params: { id: 'fleet' }, body: { name: 'Fleet' } }));
    const territories = { attribute: 'address.country', is: 'SG' };
    await crm.done(crm.ask('PUT /v1/teams/{id}', { params: { id: 'sg' }, body: { name: 'SG', territories } }));
    await crm.staff('mei', { team: 'fleet' });
    await crm.staff('tan', { team: 'sg' });
    await crm.rule('fleet', { rank: 1, match: { attribute: 'interest', is: 'fleet' }, to: { team: 'fleet' } });
    await crm.rule('land', { rank: 2, to: { territory: true } });
    const customer = (country: string) =>
      crm.done(
        crm.ask('POST /v1/customers', {
          body: { givenName: 'A', email: `${country}@${crm.tenant}.example`, address: { country } },
        }),
      );
    const [here, there] = [await customer('SG'), await customer('DE')];
    const [one, two, three] = [
      await crm.lead({ contact: undefined, customerId: here.id }),
      await crm.lead({ contact: undefined, customerId: there.id }),
      await crm.lead({ interest: 'fleet' }),
    ];
    await crm.idle();
    expect([await crm.read(one.id), await crm.read(two.id), await crm.read(three.id)]).toMatchObject([
      { ownerId: 'tan', ruleId: 'land' },
      { ownerId: null, ruleId: null },
      { ownerId: 'mei', ruleId: 'fleet' },
    ]);
  });

  test('who does not respond in time loses the lead to somebody else; who does keeps it', async () => {
    const crm = await office();
    for (const id of ['ann', 'ben']) await crm.staff(id);
    await crm.rule('all', { to: { staff: ['ann', 'ben'] }, method: 'roundRobin', respondWithin: 'PT2H' });
    const [one, two] = [await crm.lead(), await crm.lead()];
    await crm.idle();
    const [owner, other] = [(await crm.read(one.id)).ownerId, (await crm.read(two.id)).ownerId];
    await crm.tell(two.id, 'respond');
    await crm.advance('PT3H');
    await crm.idle();
    expect(await crm.read(one.id)).toMatchObject({ ownerId: other });
    expect(await crm.read(two.id)).toMatchObject({ ownerId: other, respondedAt: expect.any(String) });
    expect(owner).not.toBe(other);
  });

  test('who is away is given none; a lead that nobody responded to comes back from who goes away', async () => {
    const crm = await office();
    const agent = (userId: string) =>
      crm.done(crm.ask('PUT /v1/agents/{userId}', { params: { userId }, body: { name: userId, capacity: 3 } }));
    const status = (userId: string, is: string) =>
      crm.done(crm.ask('PUT /v1/agents/{userId}/status', { params: { userId }, body: { status: is } }));
    for (const id of ['ann', 'ben']) await agent(id);
    await status('ben', 'away');
    await crm.rule('all', { to: { staff: ['ann', 'ben'] }, respondWithin: 'P1D' });
    const { id } = await crm.lead();
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ ownerId: 'ann' });
    await status('ben', 'available');
    await status('ann', 'away');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ ownerId: 'ben' });
    await status('ben', 'away');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ ownerId: null });
    await status('ann', 'available');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ ownerId: 'ann' });
  });

  test('what waits under a deleted rule is assigned by the others; what cannot work is refused', async () => {
    const crm = await office();
    await crm.staff('ann');
    await crm.rule('first', { rank: 1, to: { staff: ['ann'] }, skills: ['fleet'] });
    await crm.rule('second', { rank: 2, to: { staff: ['ann'] } });
    const { id } = await crm.lead();
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ ownerId: null, ruleId: 'first' });
    await crm.done(crm.ask('DELETE /v1/assignment-rules/{id}', { params: { id: 'first' } }));
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ ownerId: 'ann', ruleId: 'second' });

    const put = async (body: object) => {
      const told = await crm.ask('PUT /v1/assignment-rules/{id}', { params: { id: 'x' }, body: { rank: 1, ...body } });
      return [told.status, ...(told.body.errors ?? []).map(({ path }: { path: string }) => path)];
    };
    expect(await put({ to: { staff: ['zoe'] } })).toEqual([422, 'to.staff.0']);
    expect(await put({ to: { team: 'none' } })).toEqual([422, 'to.team']);
    expect(await put({ to: {} })).toEqual([422, 'to']);
    expect(await put({ to: { staff: ['ann'] }, match: { attribute: 'sauce', is: 'x' } })).toEqual([
      422,
      'match.attribute',
    ]);
  });

  test('the same person with an open lead is answered with that lead, also twice at once', async () => {
    const crm = await office();
    const contact = { email: `twice@${crm.tenant}.example`, name: 'T' };
    const told = await Promise.all([1, 2].map(() => crm.ask('POST /v1/leads', { body: { contact } })));
    expect(told.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(new Set(told.map(({ body }) => body.id)).size).toBe(1);
    await crm.idle();
    expect((await crm.ask('POST /v1/leads', { body: { contact } })).status).toBe(200);
    await crm.tell(told[0]!.body.id, 'disqualify', { reason: 'none' });
    expect((await crm.ask('POST /v1/leads', { body: { contact } })).status).toBe(201);
  });
});
