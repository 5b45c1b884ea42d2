import { expect, test } from 'vitest';
import { agentChanged } from '../../events/agent.ts';
import { profiles } from '../../functions/service/desk/agent.ts';
import { reaction } from '../../functions/service/release-cases.ts';
import { reactions } from '../../functions/shared/events/consume.ts';
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
  table().middlewareStack.add(next => async args => {
    const reply = await next(args);
    const { Items } = reply.output as { Items?: { doc: { id: string } }[] };
    if (!isLate || !Items || !(args.input as { IndexName?: string }).IndexName) return reply;
    const late = Items.map(item =>
      item.doc?.id === left.id ? { ...item, doc: { ...item.doc, id: resolved.id } } : item,
    );
    return { ...reply, output: { ...reply.output, Items: late } as never };
  });
  const now = await crm.now();
  const store = openStore({ tenant: crm.tenant, now, actor: 'user:ben' });
  const before = await store.need(profiles, { id: 'ben' });
  expect(before.load).toBe(1);
  // no event: only this process reacts
  await store.commit([update(profiles, before, updated(now, before, { status: 'away' }))]);

  const detail = { id: 'evt_away', tenant: crm.tenant, occurredAt: now, customerId: null, actor: 'user:ben' };
  const body = JSON.stringify({
    source: 'rapport.service',
    'detail-type': agentChanged.name,
    detail: { ...detail, about: 'ben', data: { agentId: 'ben' } },
  });
  const Records = [{ messageId: 'm', body, attributes: { ApproximateReceiveCount: '1' } }];
  const deliver = () => reactions(reaction)({ Records } as never, { getRemainingTimeInMillis: () => 60_000 } as never);
  expect((await deliver())?.batchItemFailures).toHaveLength(1);
  isLate = false;
  expect((await deliver())?.batchItemFailures).toHaveLength(0);
  expect(await crm.read(left.id)).toMatchObject({ status: 'queued', agentId: null });
});
