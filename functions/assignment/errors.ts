import { notFound } from '../shared/http/errors.ts';

export const agentNotFound = notFound('agent');
