import { expect, test, vi } from 'vitest';
import { agentChanged } from '../../events/agent.ts';
import { profiles } from '../../functions/assignment/agent.ts';
import { reaction } from '../../functions/service/release-cases.ts';
import { update, updated } from '../../functions/shared/store/changes.ts';
import { openStore } from '../../functions/shared/store/store.ts';
import { table } from '../../functions/shared/store/table.ts';
import { ownTable } from '../tracking/own-table.ts';
import { world } from '../world.ts';
import { desk } from './desk-world.ts';

test('no case stays with who went away, though the index still lists another in its place', async () => {
  const crm = desk(await world());
  await crm.agent('ben');
  const { id: customerId } = await crm.customer();
  const [resolved, left] = [await crm.open({ customerId }), await crm.open({ customerId })];
  await crm.idle();
  await crm.done(crm.tell(resolved.id, 'resolve', { resolution: 'done' }));
  await crm.idle();

  await ownTable(crm.awsUrl);
  let isLate = true;
  const { query } = table();
  vi.spyOn(table(), 'query').mockImplementation(async input => {
    const reply = await query(input);
    if (!isLate || !input.IndexName) return reply;
    const Items = reply.Items?.map(item =>
      item.doc?.id === left.id ? { ...item, doc: { ...item.doc, id: resolved.id } } : item,
    );
    return { ...reply, Items };
  });
  const now = await crm.now();
  const store = openStore({ tenant: crm.tenant, now, actor: 'user:ben' });
  const before = await store.need(profiles, { id: 'ben' });
  expect(before.load).toBe(1);
  // no event: only this process reacts
  await store.commit([update(profiles, before, updated(now, before, { status: 'away' }))]);

  const event = { id: 'evt_away', tenant: crm.tenant, occurredAt: now, customerId: null, actor: 'user:ben' };
  const data = { agentId: 'ben', status: 'away', capacity: 3, load: 1 };
  const detail = { ...event, about: 'ben', data };
  const envelope = { source: 'rapport.service', 'detail-type': agentChanged.name, detail };
  const deliver = () => reaction.deliver(envelope, {} as never, () => 60_000);
  await expect(deliver()).rejects.toThrow('not all of its cases are listed yet');
  isLate = false;
  await deliver();
  expect(await crm.read(left.id)).toMatchObject({ status: 'queued', agentId: null });
});
