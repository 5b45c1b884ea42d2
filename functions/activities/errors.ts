import { conflict, problem } from '../shared/http/api-error.ts';

export const noteNotYours = problem(
  'forbidden',
  'note.not-yours',
  'Only the author can change a note. Ask the author.',
);
export const notATask = conflict('activity.not-a-task', 'The activity is not a task.');
export const taskClosed = conflict('task.closed', 'The task is closed. Record a new task.');
export const commitmentClosed = conflict('commitment.closed', 'The commitment is closed. Record a new one.');
export const tooManyVersions = conflict('document.too-many-versions', 'A document has at most 50 versions.');
export const notUploaded = conflict('document.not-uploaded', 'No file is uploaded. PUT it to the link first.');
export const tooLarge = problem('tooLarge', 'document.too-large', 'The file is too large and was deleted.');
export const tooManyFiles = problem(
  'limited',
  'document.too-many-today',
  'Too many files were sent today. Try tomorrow.',
);
