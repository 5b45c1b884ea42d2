import { expect, test } from 'vitest';
import { activities } from '../../functions/activities/activity.ts';
import { documents } from '../../functions/activities/document.ts';
import { needs } from '../../functions/activities/need.ts';
import { assets } from '../../functions/assets/asset.ts';
import { put } from '../../functions/shared/store/changes.ts';
import type { AnyEntity } from '../../functions/shared/store/entity.ts';
import { openStore } from '../../functions/shared/store/store.ts';
import { type Body, related } from '../relations-world.ts';
import { thisStack } from '../this-stack.ts';
import { ownTable } from '../tracking/own-table.ts';
import { world } from '../world.ts';

type Case = { entity: AnyEntity; create: string; body: Body; path: string; patch: Body };

const cases: Case[] = [
  {
    entity: needs,
    create: 'POST /v1/customers/{id}/needs',
    body: { what: 'a car', source: 'call' },
    path: '/v1/needs/{id}',
    patch: { what: 'a van' },
  },
  {
    entity: activities,
    create: 'POST /v1/activities',
    body: { kind: 'call', subject: 'Asked' },
    path: '/v1/activities/{id}',
    patch: { outcome: 'booked' },
  },
  {
    entity: assets,
    create: 'POST /v1/assets',
    body: { name: 'Volt 7' },
    path: '/v1/assets/{id}',
    patch: { status: 'sold' },
  },
  {
    entity: documents,
    create: 'POST /v1/documents',
    body: { name: 'Certificate' },
    path: '/v1/documents/{id}',
    patch: { visibleToCustomer: true },
  },
];

test.each(cases)('a PATCH of $entity.kind keeps stored fields that clients do not write', async one => {
  const { entity, create, body, path, patch } = one;
  const crm = related(await world());
  await ownTable(crm.awsUrl);
  const customerId = await crm.person();
  const owned = create.includes('{id}') ? body : { ...body, customerId };
  const { id } = (await crm.at(create, customerId, { body: owned })).body;
  const store = openStore({ tenant: crm.tenant, actor: 'rapport:test', now: await crm.now() });
  const stored: Body = await store.need(entity, { id });
  await store.commit([put(entity, { ...stored, addedLater: { nested: [1] } })]);
  expect((await crm.at(`PATCH ${path}`, id, { body: patch })).status).toBe(200);
  const changed = { ...stored, ...patch, version: 2, addedLater: { nested: [1] }, updatedAt: expect.any(String) };
  expect(await store.need(entity, { id })).toMatchObject(changed);
});
