import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { listDoubts } from './list-doubts.ts';
import { listFixes } from './list-fixes.ts';
import { previewCleaning } from './preview-cleaning.ts';
import { putHygieneRules } from './put-hygiene-rules.ts';
import { readDoubts } from './read-doubts.ts';
import { readHygiene } from './read-hygiene.ts';
import { readHygieneRules } from './read-hygiene-rules.ts';
import { readQuality } from './read-quality.ts';
import { readStarts } from './read-starts.ts';
import { runHygiene } from './run-hygiene.ts';
import { startReport } from './start-report.ts';

export const handler = serve(routes, {
  listFixes,
  previewCleaning,
  readStarts,
  startReport,
  readQuality,
  readHygieneRules,
  putHygieneRules,
  runHygiene,
  readHygiene,
  listDoubts,
  readDoubts,
});
