import { consume } from '../shared/events/consume.ts';
import { subscriptions } from './contract.ts';
import { hearEvent } from './journeys/hear-event.ts';

export const reaction = consume('advanceRuns', subscriptions.advanceRuns, hearEvent, { once: false });
