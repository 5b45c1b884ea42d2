import { erasureRoutes } from './erasure/erasure-routes.ts';

export const about = 'What a customer agreed to, what is kept of it and why, and how it is forgotten.';

export const routes = { ...erasureRoutes };
