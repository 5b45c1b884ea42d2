import { orderCancelled, orderRefunded } from '../../events/order.ts';
import { pointsDue, pointsRequested } from '../../events/points.ts';
import { notSubscribable } from '../shared/events/subscribable.ts';
import { on, onAll } from '../shared/http/contract.ts';
import { loyaltyRoutes, myLoyaltyRoutes } from './loyalty-routes.ts';

export const about = 'Loyalty programmes: points that customers earn, hold, redeem and transfer, in a ledger; tiers.';

export const routes = { ...loyaltyRoutes, ...myLoyaltyRoutes };

export const subscriptions = {
  earnByEvent: onAll('gives the points that an event earns', [], { except: notSubscribable }),
  takeBackPoints: on(
    [orderCancelled, orderRefunded],
    'takes points back that a cancelled or refunded order had earned',
  ),
  givePoints: on([pointsRequested], 'gives points as triggers and journeys request'),
  expirePoints: on([pointsDue], 'lets points expire'),
};
