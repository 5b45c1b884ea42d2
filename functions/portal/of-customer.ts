/** what customers say of themselves, signed in: it stands, and is verified by them */
export const ofCustomer = {
  source: 'customer',
  verified: { by: 'customer', method: 'said in the portal' },
  decides: true,
} as const;
