/** a folder with files that S3 removes after some days: uploads, exports, lists of errors */
export const shortLived = { folder: 'short', days: 7 };

/** the key of a tenant's file; a short-lived one may also be removed by hand before its time */
export const fileKey = (tenant: string, path: string, { short = false } = {}) =>
  short ? `${shortLived.folder}/${tenant}/${path}` : `kept/${tenant}/${path}`;
