import { problem } from '../shared/http/api-error.ts';

export const fileNotFound = problem('missing', 'file.not-found', 'There is no such file.');
