import { caseClosed } from '../../../events/case.ts';
import { emit } from '../../shared/store/changes.ts';
import type { EraseRecord } from '../../shared/store/erase.ts';
import { agents } from '../desk/agent.ts';
import type { Case } from './case.ts';
import { changeCase, holderOf } from './change-case.ts';

/** A case goes with its thread, and gives back the place it takes of an agent or in a queue. */
export const erasedCase: EraseRecord<Case> = async (before, { store, now }) => {
  const { id, number } = before;
  const holder = holderOf(before);
  const agent = holder ? await store.get(agents, { id: holder }) : undefined;
  const [, ...places] = changeCase(now, before, { status: 'closed' }, agent ? [agent] : []).changes;
  const data = { number, reason: 'erased', mergedInto: null } as const;
  return { changes: [...places, emit(caseClosed, { about: id, data })] };
};
