import { noFile } from '../exports/errors.ts';
import { problem } from '../shared/http/api-error.ts';

export const importNotFound = problem('missing', 'import.not-found', 'The import does not exist.');
export const importStartedAlready = problem('conflict', 'import.started', 'The import was started already.');

export const importNotUndoable = problem('conflict', 'import.not-undoable');
export const importUndone = problem('conflict', 'import.undone', 'The import was undone already.');

export const fileEmpty = problem('conflict', 'import.empty', 'The file is empty.');
export const noColumns = problem('conflict', 'import.no-columns', 'The file has no columns.');
export const columnTwice = problem('conflict', 'import.column-twice', 'Two columns of the file have the same name.');
export const notText = problem(
  'conflict',
  'import.not-text',
  'The file is not a text file: it may be a spreadsheet, or compressed. Save it as CSV in UTF-8.',
);
export const fileTooLarge = problem('tooLarge', 'import.too-large', 'The file is too large: split it into several.');
export const fileReplaced = problem(
  'gone',
  'import.file-replaced',
  'The file was replaced or removed while it was being imported.',
);

export const fileErrors = [noFile, fileEmpty, noColumns, columnTwice, notText, fileTooLarge];
