import { expect, test } from 'vitest';
import { leads } from '../../functions/sales/leads/lead.ts';
import { opportunities } from '../../functions/sales/opportunities/opportunity.ts';
import { orders } from '../../functions/sales/orders/order.ts';
import { revive } from '../../functions/shared/store/entity.ts';

const createdAt = '2026-01-02T03:04:05.000Z';
const stored = { schema: 1, doc: { createdAt } };

test('records without the time of the event happened when they were recorded', () => {
  expect(revive(orders, stored)).toEqual({ createdAt, placedAt: createdAt });
  for (const entity of [leads, opportunities] as (typeof leads)[]) {
    expect(revive(entity, stored)).toMatchObject({ createdAt, openedAt: createdAt, externalId: null });
  }
});
