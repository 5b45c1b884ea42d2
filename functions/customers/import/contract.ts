import type { Routes } from '../../shared/contract.ts';

export const about = 'Filling the customer record from files, and taking everything out again.';

export const routes: Routes = {};
