import * as z from 'zod';
import { portalSettingsChanged } from '../../events/portal.ts';
import { settings } from '../shared/store/settings.ts';

/** the fields that can be opened to customers */
export const changeable = [
  'givenName',
  'familyName',
  'name',
  'email',
  'phone',
  'dateOfBirth',
  'address',
  'locale',
  'timeZone',
  'preferredChannel',
] as const;

const Fields = z.array(z.enum(changeable)).max(changeable.length);

/** fields that customers change directly, and those that are reviewed first */
export const PortalRules = z
  .strictObject({ direct: Fields, review: Fields })
  .refine(
    ({ direct, review }) => !direct.some(field => review.includes(field)),
    'a field is either direct or reviewed, not both',
  );

export const PortalSettings = PortalRules.safeExtend({ version: z.int().min(0) });
export type PortalSettings = z.output<typeof PortalSettings>;

const untilSet: z.output<typeof PortalRules> = {
  direct: ['phone', 'address', 'locale', 'timeZone', 'preferredChannel'],
  review: ['givenName', 'familyName', 'name', 'email', 'dateOfBirth'],
};

export const portalSettings = settings('portal', PortalSettings, {
  untilSet: () => untilSet,
  changed: portalSettingsChanged,
});
