import type { Consent } from './consent.ts';

/** A consent as it counts at an instant: one that has run out is not granted, whether or not that was noted yet. */
export const standing = <C extends Pick<Consent, 'status' | 'expiresAt'>>(consent: C, now: string): C =>
  consent.status === 'granted' && consent.expiresAt !== undefined && consent.expiresAt <= now
    ? { ...consent, status: 'expired' }
    : consent;
