/** What a document may be. A link cannot hold an upload back: what is too large is removed when it is looked at. */
export const limits = { bytes: 100 * 1024 * 1024, versions: 50, linkSeconds: 3600 };

/**
 * The folder of all files of a customer, among those that are kept. Files that came with a customer that was merged stay in
 * that one's folder: each version knows its own path.
 */
export const customerFolder = (customerId: string) => `customers/${customerId}/`;

const sharedFolder = 'documents/';

type Of = { id: string; customerId?: string | undefined };

/** where the file of a document's version lies */
export const versionPath = ({ id, customerId }: Of, nth: number) =>
  `${customerId ? customerFolder(customerId) : sharedFolder}${id}/${nth}`;
