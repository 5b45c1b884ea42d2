import { serviceDue, warrantyEnding } from '../../events/asset.ts';
import { consume } from '../shared/events/consume.ts';
import { eventOf, update, updated } from '../shared/store/changes.ts';
import { assets } from './asset.ts';
import { subscriptions } from './contract.ts';
import { watchAsset } from './watch-asset.ts';

/** A timer is never cancelled: one for a warranty or plan that has changed since does nothing. */
export const reaction = consume(
  'actOnDue',
  subscriptions.actOnDue,
  async ({ about, data: { what, on } }, { now, store }) => {
    const asset = await store.get(assets, { id: about });
    if (asset?.status !== 'active') return;
    if (what === 'warranty') {
      if (asset.warranty?.until !== on || asset.warrantyNotified === on) return;
      const after = updated(now, asset, { warrantyNotified: on });
      await store.commit([update(assets, asset, after), eventOf(warrantyEnding, asset, { until: on })]);
      return;
    }
    const { servicePlan: plan } = asset;
    if (!plan || asset.serviceOn !== on) return;
    const { asset: watched, timers } = watchAsset(now, asset, asset);
    const event = eventOf(serviceDue, asset, { plan: plan.name, on, why: 'time' });
    await store.commit([update(assets, asset, updated(now, watched, {})), event, ...timers]);
  },
);
