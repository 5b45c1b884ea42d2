import { isInControl, usualControl } from '../messaging/control.ts';
import { lotOf } from '../shared/lot.ts';
import { toIso, toMs } from '../shared/time/duration.ts';
import { nextTimeOfDay } from '../shared/time/time-of-day.ts';
import { type CampaignFields, variantName } from './campaign.ts';

export const controlArm = 'control';

/** which group of a campaign a customer is in; `spared`: why it gets nothing */
export type Drawn = { arm: string; spared?: 'holdout' | 'control' };

type Drawing = Pick<CampaignFields, 'holdout' | 'control' | 'variants'> & { id: string };

/** Draws the group of a customer in a campaign: always the same one, whatever else is known of the customer. Pure. */
export const draw = (campaign: Drawing, customerId: string, global = usualControl): Drawn => {
  const { id, holdout, control, variants } = campaign;
  const lot = `campaign ${id} ${customerId}`;
  if (control === 'global' && isInControl(customerId, global)) return { arm: controlArm, spared: 'control' };
  if (lotOf(lot) < holdout) return { arm: controlArm, spared: 'holdout' };
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  let left = lotOf(lot, 1) * total;
  const nth = variants.findIndex(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  return { arm: variantName(nth < 0 ? variants.length - 1 : nth) };
};

type Sending = Pick<CampaignFields, 'startAt' | 'send'>;

/** When a customer with this clock is due: not before the campaign is, and at its local time if it has one. Pure. */
export const dueAt = ({ startAt, send }: Sending, launchedAt: string, timeZone: string): string => {
  const at = send?.at ?? startAt;
  const earliest = at && toMs(at) > toMs(launchedAt) ? toIso(toMs(at)) : launchedAt;
  if (!send?.localTime) return earliest;
  const justBefore = toIso(toMs(earliest) - 1);
  return nextTimeOfDay(justBefore, { at: send.localTime, timeZone });
};
