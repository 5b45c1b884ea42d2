import { traceOf } from './trace.ts';

/** One JSON line. Never give it anything a customer said or is: ids, codes, counts and times only. */
export const log = (level: 'info' | 'warn' | 'error', message: string, fields: Record<string, unknown> = {}) =>
  console[level](JSON.stringify({ level, message, ...fields }));

/** what of an error may be logged: its kind and where it came from, its message only when it is ours */
export const faultOf = (error: unknown) =>
  error instanceof Error
    ? {
        error: error.name,
        detail: error.message.slice(0, 500),
        trace: traceOf(error),
      }
    : { error: typeof error };
