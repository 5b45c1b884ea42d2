import { serve } from '../../shared/serve.ts';
import { routes } from './contract.ts';
import { erasureUseCases } from './erasure/erasure-use-cases.ts';

export const handler = serve(routes, { ...erasureUseCases });
