import * as z from 'zod';
import { entity, main } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';

/** the parts of a record that a customer can have a say in */
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

/** which changes a customer makes at once, and which somebody has to agree to; no other is taken */
export const PortalRules = z
  .strictObject({ direct: Fields, review: Fields })
  .refine(
    ({ direct, review }) => !direct.some(field => review.includes(field)),
    'a field is either direct or reviewed',
  );

export const PortalSettings = PortalRules.safeExtend({ version: z.int().min(0) });
export type PortalSettings = z.output<typeof PortalSettings>;

export const portalSettings = entity('portal-settings', PortalSettings, {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'portal'], part: main }),
});

const untilSet: PortalSettings = {
  direct: ['phone', 'address', 'locale', 'timeZone', 'preferredChannel'],
  review: ['givenName', 'familyName', 'name', 'email', 'dateOfBirth'],
  version: 0,
};

export const portalSettingsOf = async (store: Store): Promise<PortalSettings> =>
  (await store.get(portalSettings, {})) ?? untilSet;
