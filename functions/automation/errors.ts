import { problem } from '../shared/http/api-error.ts';

export const triggerNotActive = problem('conflict', 'trigger.not-active', 'A draft is not active. Activate it first.');
