import { serve } from '../shared/http/serve.ts';
import { consentUseCases } from './consent-use-cases.ts';
import { routes } from './contract.ts';
import { preferenceUseCases } from './preference-use-cases.ts';
import { purposeHandlers } from './purposes/purposes.ts';
import { setConsent } from './set-consent.ts';

export const handler = serve(routes, { setConsent, ...consentUseCases, ...preferenceUseCases, ...purposeHandlers });
