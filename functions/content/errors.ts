import { problem } from '../shared/http/api-error.ts';

export const notRendered = problem('invalid', 'template.not-rendered');
