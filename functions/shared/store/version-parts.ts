/** where the versions of a record lie in its partition, in their order */
export const versionPart = (revision: number) => `version#${String(revision).padStart(8, '0')}`;

export const versionParts = { from: 'version#', to: 'version$' };
