import type { UseCases } from '../../shared/contract.ts';
import { listPurposes } from './list-purposes.ts';
import type { purposeRoutes } from './purpose-routes.ts';
import { putPurpose } from './put-purpose.ts';
import { removePurpose } from './remove-purpose.ts';
import { reportPurposes } from './report-purposes.ts';

export const purposeUseCases: UseCases<typeof purposeRoutes> = {
  putPurpose,
  listPurposes,
  removePurpose,
  reportPurposes,
};
