/** One file as it is served. `body` is the name of a gzip file beside the list, see lib/reference-files.ts. */
export type Served = { body: string; headers: Record<string, string> & { etag: string } };

/** what is served, by path, and the key of every route there is */
export type ServedFiles = { files: Record<string, Served>; routes: string[] };
