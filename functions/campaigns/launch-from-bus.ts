import { log } from '../shared/aws/log.ts';
import { consumeReported } from '../shared/events/consume.ts';
import { ApiError } from '../shared/http/api-error.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { campaigns } from './campaign.ts';
import { launched } from './change-state.ts';
import { subscriptions } from './contract.ts';

/** Launches a campaign as the API does. One that may not be launched stays as it is, and the same event again changes nothing. */
export const reaction = consumeReported('launchFromBus', subscriptions.launchFromBus, async (event, ctx) => {
  const { campaignId } = event.detail;
  try {
    await retryOnConflict(async () => {
      const campaign = await ctx.store.need(campaigns, { id: String(campaignId || 'none') });
      await ctx.store.commit((await launched(campaign, ctx)).changes);
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    log('warn', 'a campaign was not launched', { id: event.id, tenant: ctx.tenant, code: error.code });
  }
});
