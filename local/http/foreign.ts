import type { IncomingMessage } from 'node:http';

const ownHost = /^((?:[\w-]+\.)*localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** a name that was rebound to this machine */
export const isForeignHost = ({ headers: { host = '' } }: IncomingMessage) => !ownHost.test(host);

/** that, or a page of another origin that the browser of a developer shows */
export const isForeign = (request: IncomingMessage) => {
  const { host, origin } = request.headers;
  return isForeignHost(request) || (origin !== undefined && origin !== `http://${host}`);
};
