import type { Routes } from '../../shared/contract.ts';

export const about =
  'What a customer is connected with: other people and organisations, what it owns and needs, what was done and written for it.';

export const routes: Routes = {};
