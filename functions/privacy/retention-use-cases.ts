import type { Handlers } from '../shared/http/contract.ts';
import { keepInactive } from './keep-inactive.ts';
import { listInactive } from './list-inactive.ts';
import { putRetention } from './put-retention.ts';
import { readRetention } from './read-retention.ts';
import { readRetentionRun } from './read-retention-run.ts';
import type { retentionRoutes } from './retention-routes.ts';
import { runRetention } from './run-retention.ts';

export const retentionUseCases: Handlers<typeof retentionRoutes> = {
  readRetention,
  putRetention,
  runRetention,
  readRetentionRun,
  listInactive,
  keepInactive,
};
