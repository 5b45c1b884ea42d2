import { serve } from '../../shared/serve.ts';
import { routes } from './contract.ts';
import { listFixes } from './list-fixes.ts';
import { previewCleaning } from './preview-cleaning.ts';
import { readQuality } from './read-quality.ts';
import { readStarts } from './read-starts.ts';
import { startReport } from './start-report.ts';

export const handler = serve(routes, { listFixes, previewCleaning, readStarts, startReport, readQuality });
