import { type Campaign, variantName } from './campaign.ts';
import type { Shard } from './recipient.ts';

type Counts = Record<string, number>;
type Part = { shard: Shard; upTo: number };

/** how many more messages a campaign may request, with those that were skipped or failed given back; undefined: there is no bound */
export const messagesLeft = ({ budget, costs }: Campaign, sums: Counts) => {
  const { fixed, perMessage } = costs ?? {};
  if (!budget || !perMessage?.amount) return undefined;
  const total = (mark: string) =>
    Object.entries(sums).reduce((sum, [name, count]) => (name.endsWith(`.${mark}`) ? sum + count : sum), 0);
  const requested = total('requested');
  const back = total('skipped') + total('failed');
  const affordable = Math.max(0, Math.floor((budget.amount - (fixed?.amount ?? 0)) / perMessage.amount));
  return { left: affordable - (requested - back), open: requested - back - total('sent') };
};

/** whether a message that was requested is not sent yet, nor skipped for good */
export const messagesOpen = ({ variants }: Pick<Campaign, 'variants'>, sums: Counts): boolean =>
  variants.some((_, nth) => {
    const of = (mark: string) => sums[`${variantName(nth)}.${mark}`] ?? 0;
    return of('audience') > of('sent') + of('skipped') + of('failed');
  });

export const isMessaged = ({ spared }: Shard['members'][number]) => spared === undefined;

/** The parts as far as so many messages go; `cut`: not all of them. Pure. */
export const affordable = (parts: Part[], messages: number): { send: Part[]; cut: boolean } => {
  let left = messages;
  const send: Part[] = [];
  for (const { shard, upTo } of parts) {
    const members = shard.members.slice(shard.done, upTo);
    const over = members.findIndex(one => isMessaged(one) && left-- <= 0);
    if (over < 0) send.push({ shard, upTo });
    else return { send: over ? [...send, { shard, upTo: shard.done + over }] : send, cut: true };
  }
  return { send, cut: false };
};
