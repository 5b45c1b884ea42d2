import type { Routes } from '../../shared/contract.ts';

export const about = 'How good the record is: where values come from, what is stale, cleaning in bulk, lists.';

export const routes: Routes = {};
