import type { Routes } from '../../shared/contract.ts';

export const about = 'What a customer agreed to, what is kept of it and why, and how it is forgotten.';

export const routes: Routes = {};
