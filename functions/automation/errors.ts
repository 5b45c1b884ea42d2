import { conflict } from '../shared/http/api-error.ts';

export const triggerNotActive = conflict('trigger.not-active', 'A draft is not active. Activate it first.');

export const journeyNotActive = conflict('journey.not-active', 'The journey is not active. Activate it first.');

export const journeyCancelled = conflict(
  'journey.cancelled',
  'The journey was cancelled for good. Create another one with its steps.',
);

export const journeyNotEntered = conflict('journey.not-entered', 'The customer does not enter the journey.');

export const runUnderWay = conflict('journey.run-under-way', 'A run of the customer with that key is under way.');

export const archived = conflict('automation.archived', 'This was deleted, and is kept only for what refers to it.');

export const triggerActive = conflict('trigger.active', 'The trigger is active. Pause it first.');

export const journeyActive = conflict('journey.active', 'Customers may be in the journey. Cancel it first.');

export const journeyInUse = conflict('journey.in-use');
