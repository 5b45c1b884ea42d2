/** a folder with files that S3 removes after some days: uploads, exports, lists of errors */
export const shortLived = { folder: 'short', days: 7 };

/** the tenant name of what is known of a mail before its company is; and where SES puts what arrives */
export const postOffice = '-mail';
export const incomingMail = `${shortLived.folder}/${postOffice}/inbound/`;

/** names of companies, and that of what belongs to none */
const ownerName = /^-?[a-z0-9][a-z0-9-]{0,62}$/;

/** the name of who owns keys of the store; an event may name anything */
export const mustOwn = (tenant: string) => {
  if (!ownerName.test(tenant)) throw new Error(`${JSON.stringify(tenant)} is not the name of a company`);
};

/** the folder of a tenant's files; those that are short-lived may also be removed by hand before their time */
export const filesFolder = (tenant: string, { short = false } = {}) => {
  mustOwn(tenant);
  return `${short ? shortLived.folder : 'kept'}/${tenant}/`;
};

/**
 * The key of a tenant's file. A path with an empty segment, `.` or `..` is refused: any URL parser on the way to S3 would
 * resolve it, and it would name a file of another tenant.
 */
export const fileKey = (tenant: string, path: string, options: { short?: boolean } = {}) => {
  if (path.split('/').some(segment => /^\.{0,2}$/.test(segment))) {
    throw new Error(`a file cannot have the path ${JSON.stringify(path)}`);
  }
  return filesFolder(tenant, options) + path;
};

const id = '[0-9a-z]{26}';

/** the paths of files that are kept: versions of documents, and the inboxes of import schedules */
export const keptPath = new RegExp(
  `^(?:(?:customers/cus_${id}|documents)/doc_${id}/\\d{1,3}|import-schedules/imps_${id}/inbox)$`,
);
