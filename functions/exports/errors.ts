import { conflict, problem } from '../shared/http/api-error.ts';

export const exportNotFound = problem('missing', 'export.not-found', 'The export does not exist.');

export const noFile = conflict('import.no-file', 'The file is not uploaded yet: PUT it to uploadUrl.');
export const notACopy = conflict('import.not-a-copy', 'The file is not a copy made by an export.');
export const cutOff = conflict('import.cut-off', 'The file is incomplete: its last line is missing. Upload it again.');
export const newerCopy = conflict('import.newer', 'The copy was made by a newer release. Update this one first.');
export const notEmpty = conflict(
  'import.not-empty',
  'There are customers already. A copy can only be restored as a whole, into an empty company.',
);
export const lineTooLong = problem('invalid', 'import.line-too-long', 'A line of the copy is too long.');
