import { caseDiscarded } from '../../events/case.ts';
import { inboundExpired } from '../../events/inbound.ts';
import { on, type Use } from '../shared/http/contract.ts';
import { conversationRoutes } from './conversation-routes.ts';

export const about = 'Messages from customers by mail and all other channels: what became of them, and mailboxes.';

export const routes = conversationRoutes;

export const uses: Use[] = ['files'];

export const subscriptions = {
  discardMessages: on(
    [caseDiscarded, inboundExpired],
    'deletes the files of messages whose case was deleted, and what opened nothing after 90 days',
    ['files'],
  ),
};
