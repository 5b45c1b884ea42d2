import { newId } from '../../../events/ids.ts';
import { insert } from '../../shared/store/changes.ts';
import { type Case, type CaseMessage, caseMessages } from './case.ts';

/** something written on a case */
export const writeMessage = (now: string, { id }: Case, said: Pick<CaseMessage, 'kind' | 'body' | 'actor'>) => {
  const message: CaseMessage = { id: newId('caseMessage', now), caseId: id, at: now, ...said };
  return { message, change: insert(caseMessages, message) };
};
