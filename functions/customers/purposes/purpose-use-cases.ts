import type { Handlers } from '../../shared/http/contract.ts';
import { listPurposes } from './list-purposes.ts';
import type { purposeRoutes } from './purpose-routes.ts';
import { putPurpose } from './put-purpose.ts';
import { removePurpose } from './remove-purpose.ts';

export const purposeUseCases: Handlers<typeof purposeRoutes> = {
  putPurpose,
  listPurposes,
  removePurpose,
};
