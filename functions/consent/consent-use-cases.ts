import type { Handlers } from '../shared/http/contract.ts';
import { confirmConsent } from './confirm-consent.ts';
import type { consentRoutes } from './consent-routes.ts';
import { listConsents } from './list-consents.ts';
import { listTopics } from './list-topics.ts';
import { putTopic } from './put-topic.ts';
import { readConsentHistory } from './read-consent-history.ts';
import { removeTopic } from './remove-topic.ts';
import { requestConsent } from './request-consent.ts';
import { showConfirmation } from './show-confirmation.ts';

export const consentUseCases: Handlers<typeof consentRoutes> = {
  listConsents,
  readConsentHistory,
  requestConsent,
  showConfirmation,
  confirmConsent,
  putTopic,
  listTopics,
  removeTopic,
};
