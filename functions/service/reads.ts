import type { Store } from '../shared/store/store.ts';
import { type Case, cases } from './cases/case.ts';

/** the case, or undefined */
export const caseById = (store: Store, id: string): Promise<Case | undefined> => store.get(cases, { id });

/** id of the case with the number that customers quote, such as C-7K3M-9Q2R */
export const caseIdByNumber = (store: Store, number: string) =>
  store.holder(cases, 'number', number.trim().toUpperCase());
