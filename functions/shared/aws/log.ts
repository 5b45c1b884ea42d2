import { traceOf } from './trace.ts';

/** One JSON line. Never give it personal data: ids, codes, counts and times only. */
export const log = (level: 'info' | 'warn' | 'error', message: string, fields: Record<string, unknown> = {}) =>
  console[level](JSON.stringify({ level, message, ...fields }));

type Issue = { path: PropertyKey[]; code: string };

/** An error's message without what it may quote of a person: our own as it is, of others neither values nor addresses. */
const detailOf = (error: Error & { issues?: Issue[] }) => {
  if (error.name === 'Error') return error.message;
  if (error.issues) return error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join('; ');
  if (error instanceof SyntaxError) return undefined; // its message quotes the text
  return error.message.replace(/'[^']*'|"[^"]*"|\{[^}]*\}?/g, '…').replace(/[^\s/<>]+@[^\s/<>]+/g, '…');
};

/** what of an error may be logged: its kind, where it came from, and what `detailOf` leaves */
export const faultOf = (error: unknown) =>
  error instanceof Error
    ? {
        error: error.name,
        detail: detailOf(error)?.slice(0, 500),
        trace: traceOf(error),
      }
    : { error: typeof error };
