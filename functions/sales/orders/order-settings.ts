import * as z from 'zod';
import { orderSettingsChanged } from '../../../events/order.ts';
import { settings } from '../../shared/store/settings.ts';
import { Duration } from '../../shared/time/duration.ts';

export const OrderRules = z.strictObject({
  invoice: z.enum(['onDelivery', 'onRequest']).default('onRequest'),
  dueIn: Duration.default('P30D'),
});

export const OrderSettings = z.object({ ...OrderRules.shape, version: z.int() });

export const orderSettings = settings('order', OrderSettings, {
  untilSet: () => ({ invoice: 'onRequest' as const, dueIn: 'P30D' }),
  changed: orderSettingsChanged,
});
