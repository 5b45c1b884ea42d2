/** what is searched, by kind of record */
export const kindNames = ['activity', 'case', 'commitment', 'document', 'need'] as const;
export type KindName = (typeof kindNames)[number];
