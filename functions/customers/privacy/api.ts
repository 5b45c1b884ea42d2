import { serve } from '../../shared/serve.ts';
import { consentUseCases } from './consent-use-cases.ts';
import { routes } from './contract.ts';
import { erasureUseCases } from './erasure/erasure-use-cases.ts';
import { preferenceUseCases } from './preference-use-cases.ts';
import { purposeUseCases } from './purpose-use-cases.ts';
import { retentionUseCases } from './retention-use-cases.ts';

export const handler = serve(routes, {
  ...consentUseCases,
  ...preferenceUseCases,
  ...purposeUseCases,
  ...retentionUseCases,
  ...erasureUseCases,
});
