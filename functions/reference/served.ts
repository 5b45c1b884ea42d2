/** One file as it is served. `body` is the name of a gzip file beside the list, see lib/reference-files.ts. */
export type Served = { body: string; headers: Record<string, string> & { etag: string } };

/** path of the request -> what is served there */
export type ServedFiles = Record<string, Served>;
