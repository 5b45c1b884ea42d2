import { consentDue } from '../../../events/consent.ts';
import { customerErasureDue } from '../../../events/retention.ts';
import { hear } from '../../shared/contract.ts';
import { consentRoutes } from './consent-routes.ts';
import { erasureRoutes } from './erasure/erasure-routes.ts';
import { preferenceRoutes } from './preference-routes.ts';
import { purposeRoutes } from './purpose-routes.ts';
import { retentionRoutes } from './retention-routes.ts';

export const about = 'What a customer agreed to, what is kept of it and why, and how it is forgotten.';

export const routes = {
  ...consentRoutes,
  ...preferenceRoutes,
  ...purposeRoutes,
  ...retentionRoutes,
  ...erasureRoutes,
};

export const hears = {
  eraseInactive: hear(
    [customerErasureDue],
    'erases a customer of whom nothing was heard for long and whom nobody kept, where the company wants that',
  ),
  expireConsent: hear([consentDue], 'notes that a consent has run out, unless it was renewed'),
};
