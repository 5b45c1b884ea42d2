/** what is searched, by kind of record */
export const kindNames = ['activity', 'case', 'document', 'need', 'promise'] as const;
export type KindName = (typeof kindNames)[number];
