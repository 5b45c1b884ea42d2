import { AwsClient } from 'aws4fetch';
import { env } from './env.ts';
import { fileKey, filesFolder } from './file-keys.ts';
import { sessionOf } from './sessions.ts';
import type { Credentials } from './sign.ts';

const clients = new WeakMap<object, AwsClient>();
let own: Credentials | undefined;

/** with the rights of the function, or, where IAM keeps companies apart, to the files of one company only */
const s3 = async (tenant: string, lastMs?: number): Promise<AwsClient> => {
  const role = env.filesRole();
  own ??= env.credentials();
  const credentials = role ? await sessionOf(role, tenant, lastMs) : own;
  const client =
    clients.get(credentials) ?? new AwsClient({ ...credentials, service: 's3', region: env.region(), retries: 4 });
  clients.set(credentials, client);
  return client;
};

/** every character but the unreserved ones escaped, as S3 signs keys; the slashes of folders stay */
const escaped = (key: string) =>
  encodeURIComponent(key)
    .replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%2F', '/');

const urlOf = (key: string, query: Record<string, string> = {}) => {
  const endpoint = env.filesEndpoint();
  const base = endpoint
    ? `${endpoint}/${env.filesBucket()}`
    : `https://${env.filesBucket()}.s3.${env.region()}.amazonaws.com`;
  const url = new URL(`${base}/${escaped(key)}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
};

class FilesError extends Error {
  readonly status: number;

  constructor(method: string, status: number, code = '') {
    super(`S3 answered ${method} with ${status} ${code}`.trim());
    this.status = status;
  }
}

const missing = (error: unknown) => {
  if (error instanceof FilesError && error.status === 404) return undefined;
  throw error;
};

const tagged = (xml: string, tag: string) =>
  [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, text = '']) => text);

/** S3 begins to answer copies and completions before it knows how they end: a 200 may carry an error */
const done = async (method: string, reply: Response) => {
  const xml = await reply.text();
  if (/<Error[\s>]/.test(xml)) throw new FilesError(method, reply.status, tagged(xml, 'Code')[0]);
};

type Options = {
  short?: boolean;
};

/** The files of one tenant, by paths of its own. Nothing of another tenant can be named. */
export const filesOf = (tenant: string, options: Options = {}) => {
  const ownFolder = filesFolder(tenant, options);
  const key = (path: string) => fileKey(tenant, path, options);

  const ask = async (
    method: string,
    url: string,
    init: { body?: Uint8Array | string; headers?: Record<string, string> } = {},
  ) => {
    const reply = await (await s3(tenant)).fetch(url, { method, ...init } as RequestInit);
    if (reply.ok) return reply;
    await reply.body?.cancel();
    throw new FilesError(method, reply.status);
  };

  const signed = async (method: string, path: string, seconds: number, query: Record<string, string> = {}) => {
    const url = urlOf(key(path), { 'X-Amz-Expires': String(seconds), ...query });
    return (await (await s3(tenant, seconds * 1000)).sign(url, { method, aws: { signQuery: true } })).url;
  };

  return {
    uploadUrl: (path: string, seconds = 3600) => signed('PUT', path, seconds),

    downloadUrl: (path: string, { seconds = 3600, filename }: { seconds?: number; filename?: string } = {}) =>
      signed('GET', path, seconds, {
        ...(filename
          ? { 'response-content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(filename)}` }
          : {}),
      }),

    put: async (path: string, body: Uint8Array | string): Promise<void> => {
      await ask('PUT', urlOf(key(path)), { body });
    },

    copyKept: async (from: string, path: string): Promise<void> => {
      const source = escaped(`/${env.filesBucket()}/${fileKey(tenant, from)}`);
      await done('PUT', await ask('PUT', urlOf(key(path)), { headers: { 'x-amz-copy-source': source } }));
    },

    /** length in bytes and entity tag; undefined where there is no such file */
    look: async (path: string): Promise<{ size: number; etag: string } | undefined> => {
      const reply = await ask('HEAD', urlOf(key(path))).catch(missing);
      return reply && { size: Number(reply.headers.get('content-length')), etag: reply.headers.get('etag') ?? '' };
    },

    /** bytes of a file, `to` excluded; fewer at its end, none behind it or where there is no such file */
    read: async (path: string, { from = 0, to }: { from?: number; to?: number } = {}): Promise<Buffer> => {
      const range = `bytes=${from}-${to === undefined ? '' : to - 1}`;
      const reply = await ask('GET', urlOf(key(path)), { headers: { range } }).catch(error => {
        if (error instanceof FilesError && (error.status === 404 || error.status === 416)) return undefined;
        throw error;
      });
      return reply ? Buffer.from(await reply.arrayBuffer()) : Buffer.alloc(0);
    },

    remove: async (path: string): Promise<void> => {
      await ask('DELETE', urlOf(key(path))).catch(missing);
    },

    /** paths of the files in a folder, at most 1,000 a page; `next` goes on */
    list: async (folder: string, after?: string): Promise<{ paths: string[]; next?: string }> => {
      const prefix = ownFolder + folder;
      const query = { 'list-type': '2', prefix, ...(after ? { 'continuation-token': after } : {}) };
      const xml = await (await ask('GET', urlOf('', query))).text();
      const [next] = tagged(xml, 'NextContinuationToken');
      const paths = tagged(xml, 'Key').map(found => found.slice(ownFolder.length));
      return { paths, ...(next ? { next } : {}) };
    },

    /** One large file in parts of 5 MB at least, but the last; a part written again replaces itself. */
    multipart: {
      begin: async (path: string): Promise<string> => {
        const reply = await ask('POST', urlOf(key(path), { uploads: '' }));
        const [upload = ''] = tagged(await reply.text(), 'UploadId');
        return upload;
      },
      /** gives the part's entity tag; parts count from 1 */
      part: async (path: string, upload: string, part: number, body: Uint8Array): Promise<string> => {
        const url = urlOf(key(path), { partNumber: String(part), uploadId: upload });
        return (await ask('PUT', url, { body })).headers.get('etag') ?? '';
      },
      end: async (path: string, upload: string, etags: string[]): Promise<void> => {
        const parts = etags.map((etag, nth) => `<Part><PartNumber>${nth + 1}</PartNumber><ETag>${etag}</ETag></Part>`);
        const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
        await done('POST', await ask('POST', urlOf(key(path), { uploadId: upload }), { body }));
      },
    },
  };
};
