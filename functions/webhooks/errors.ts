import { conflict } from '../shared/http/api-error.ts';

export const webhookOff = conflict('webhook.off', 'The webhook is off. Switch it on first.');
