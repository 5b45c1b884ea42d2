import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A server on a port of this machine; throws with what to do when the port is taken. Port 0 takes any. */
export const listen = async (port: number): Promise<{ server: Server; port: number }> => {
  // the handler refuses long heads, with the gateway's own message
  const server = createServer({ maxHeaderSize: 64 * 1024, keepAliveTimeout: 65_000, noDelay: true });
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'EADDRINUSE' || code === 'EACCES'
        ? `port ${port} cannot be used (${code}): stop what listens there, or choose another with --port`
        : message,
    );
  }
  return { server, port: (server.address() as { port: number }).port };
};

/** Lets `answer` answer; when it cannot, as the caller went away in the middle, the connection ends and nothing else. */
export const answerWith = (
  server: Server,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<unknown> | unknown,
) => {
  server.on('request', async (request, response) => {
    try {
      await answer(request, response);
    } catch {
      response.destroy();
    }
  });
};

/** Stops taking requests and closes every connection once its reply is sent, or after a second. */
export const closeServer = async (server: Server) => {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), 1000);
  await closed;
  clearTimeout(impatient);
};
