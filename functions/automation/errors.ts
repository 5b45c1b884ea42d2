import { conflict } from '../shared/http/api-error.ts';

export const triggerNotActive = conflict('trigger.not-active', 'A draft is not active. Activate it first.');
