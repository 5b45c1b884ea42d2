import { problem } from '../shared/http/api-error.ts';

export const noteNotYours = problem(
  'forbidden',
  'note.not-yours',
  'Only the author of a note can change or delete it. Ask the author or an administrator.',
);
export const notATask = problem('conflict', 'activity.not-a-task', 'The activity is not a task.');
export const taskClosed = problem('conflict', 'task.closed', 'The task is closed. Record a new task.');
export const commitmentClosed = problem(
  'conflict',
  'commitment.closed',
  'The commitment is closed. Record a new commitment.',
);
export const tooManyVersions = problem(
  'conflict',
  'document.too-many-versions',
  'The document has the maximum number of versions. Create a new document.',
);
export const notUploaded = problem(
  'conflict',
  'document.not-uploaded',
  'No file has been uploaded. PUT the file to the upload URL first.',
);
export const tooLarge = problem('tooLarge', 'document.too-large', 'The file is too large and was deleted.');
