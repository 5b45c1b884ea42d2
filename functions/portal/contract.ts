import type { Routes } from '../shared/contract.ts';

export const about = 'What a customer sees and says of itself, with a token of its own.';

export const routes: Routes = {};
