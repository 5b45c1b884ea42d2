import { assetDue } from '../../events/asset.ts';
import { type Change, schedule } from '../shared/store/changes.ts';
import { dayOf, lastInstant, midnightOf, minus, plusAtMost } from '../shared/time/duration.ts';
import type { StoredAsset } from './asset.ts';

/** how long before its end a warranty is reported */
const warrantyAhead = 'P30D';

const dayBeforeLast = dayOf(minus(lastInstant, 'P1D'));

/** the next service day of the plan after a day, or undefined */
export const nextService = (asset: StoredAsset, after: string): string | undefined => {
  const { servicePlan: plan, acquiredOn, createdAt } = asset;
  if (!plan?.everyMonths) return undefined;
  const since = midnightOf(plan.lastOn ?? acquiredOn ?? dayOf(createdAt));
  const [year = 0, month = 0] = after.split('-').map(Number);
  const [sinceYear = 0, sinceMonth = 0] = since.split('-').map(Number);
  const months = (year - sinceYear) * 12 + month - sinceMonth;
  let nth = Math.max(1, Math.floor(months / plan.everyMonths));
  let day = '';
  do day = dayOf(plusAtMost(since, `P${nth++ * plan.everyMonths}M`));
  while (day <= after);
  return day > (plan.until ?? dayBeforeLast) ? undefined : day;
};

const timer = ({ id, customerId }: StoredAsset, at: string, what: 'warranty' | 'service', on: string): Change =>
  schedule(at, assetDue, { customerId, about: id, data: { what, on } });

/** The asset with its next service day, and the timers for a changed end of warranty or service day. */
export const watchAsset = (
  now: string,
  asset: StoredAsset,
  before?: StoredAsset,
): { asset: StoredAsset; timers: Change[] } => {
  const until = asset.warranty?.until;
  const ending = until && until !== before?.warranty?.until && until >= dayOf(now);
  const serviceOn = nextService(asset, dayOf(now));
  const service = serviceOn && serviceOn !== before?.serviceOn;
  return {
    asset: { ...asset, serviceOn },
    timers: [
      ...(ending ? [timer(asset, minus(midnightOf(until), warrantyAhead), 'warranty', until)] : []),
      ...(service ? [timer(asset, midnightOf(serviceOn), 'service', serviceOn)] : []),
    ],
  };
};
