import { afterEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { customerErased } from '../../events/erasure.ts';
import { consume, reacting } from '../../functions/shared/events/consume.ts';
import { conflict } from '../../functions/shared/http/api-error.ts';
import { deduplicationDays, on } from '../../functions/shared/http/contract.ts';
import { add, insert } from '../../functions/shared/store/changes.ts';
import { entity } from '../../functions/shared/store/entity.ts';
import { openStore } from '../../functions/shared/store/store.ts';
import { thisStack } from '../this-stack.ts';
import { ownTable } from '../tracking/own-table.ts';

const Code = z.object({ id: z.string(), address: z.string(), until: z.string() });

const codes = entity('test-code', Code, {
  onErase: 'not-personal',
  expires: ({ until }) => until,
  unique: { address: { taken: conflict('test.taken', 'The address is taken.'), of: ({ address }) => address } },
});

const tenant = `late${Date.now().toString(36)}`;
const after = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

afterEach(() => vi.useRealTimers());

test('what has expired is absent, though it is not deleted yet', async () => {
  await ownTable(thisStack().awsUrl);
  const at = (seconds: number) => openStore({ tenant, now: after(seconds), actor: 'test' });
  const code = { id: 'c', address: 'a', until: after(3600) };
  await at(0).commit([insert(codes, code)]);
  await expect(at(60).commit([insert(codes, code)])).rejects.toThrow('exists');
  await expect(at(60).commit([insert(codes, { ...code, id: 'd' })])).rejects.toThrow('taken');
  const late = at(7200);
  expect([await late.get(codes, { id: 'c' }), await late.holder(codes, 'address', 'a')]).toEqual([
    undefined,
    undefined,
  ]);
  await late.commit([insert(codes, { ...code, id: 'd', until: after(9000) })]);
  await late.commit([insert(codes, { ...code, address: 'b', until: after(9000) })]);
  expect(await late.holder(codes, 'address', 'a')).toBe('d');
});

test('an event takes effect again when its claim has expired', async () => {
  await ownTable(thisStack().awsUrl);
  const subscription = on([customerErased], 'counts');
  const reaction = consume('test.count', subscription, (_, { store }) =>
    store.commit([add(['test', 'x'], { times: 1 })]),
  );
  const detail = {
    id: 'evt_x',
    tenant,
    occurredAt: after(0),
    customerId: null,
    actor: 'test',
    about: 'x',
    data: { erasureId: 'era_01jd5e7k3m9q2r4t6v8w0x1y2z' },
  };
  const body = JSON.stringify({ source: 'rapport.customers', 'detail-type': customerErased.name, detail });
  const Records = [{ messageId: 'm', body }];
  const deliver = () => reacting(reaction)({ Records } as never, { getRemainingTimeInMillis: () => 60_000 } as never);
  const times = async () => (await openStore({ tenant, now: after(0), actor: 'test' }).counters(['test', 'x'])).times;
  for (const days of [0, 0, deduplicationDays + 1]) {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * 86_400_000 });
    expect(await deliver()).toEqual({ batchItemFailures: [] });
  }
  expect(await times()).toBe(2);
});
