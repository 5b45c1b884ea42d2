import { customers } from '../../customers/customer.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, insert, remove } from '../../shared/store/changes.ts';
import type { MergedPart, Merging } from '../../shared/store/merge.ts';
import { type Doubt, doubts } from './doubt.ts';
import { hasSameValue } from './same-value.ts';

/** `moved`: with the value that it is about */
type Undo = { doubt: Doubt; moved: boolean };

/** It moves with the value that it is about; with a value that was given up it is removed until the merge is undone. */
export const settleDoubt: MergedPart<Doubt>['settle'] = async (doubt, into, { store }) => {
  const [there, mine, other] = await Promise.all([
    store.get(doubts, { ...doubt, customerId: into }),
    store.get(customers, { id: into }),
    store.get(customers, { id: doubt.customerId }),
  ]);
  const moved = Boolean(!there && mine && other && hasSameValue(mine, other, doubt.attribute));
  const undo: Undo = { doubt, moved };
  return {
    changes: [remove(doubts, doubt), ...(moved ? [insert(doubts, { ...doubt, customerId: into })] : [])],
    undo,
  };
};

/** What was resolved for the merged customer is resolved for the one that it was about. */
export const unsettleDoubt = async (undo: unknown, { into }: Merging, { store }: Ctx): Promise<Change[]> => {
  const { doubt, moved } = undo as Undo;
  const is = moved ? await store.get(doubts, { ...doubt, customerId: into }) : undefined;
  const back = is ? { ...is, customerId: doubt.customerId } : doubt;
  return [...(is ? [remove(doubts, is)] : []), insert(doubts, back)];
};
