import { conflict, problem } from '../shared/http/api-error.ts';

export const templateInUse = conflict('template.in-use');
export const notRendered = problem('invalid', 'template.not-rendered');
