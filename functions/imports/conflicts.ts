import { ApiError } from '../shared/http/api-error.ts';

/** a refusal because of the state that an import or its file is in */
export const conflictOf = (code: string, message: string) => new ApiError('conflict', code, message);
