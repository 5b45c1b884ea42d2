/** why a request is understood and still refused -> its HTTP status */
export const statusOf = {
  moved: 301,
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  badMethod: 405,
  conflict: 409,
  gone: 410,
  stale: 412,
  tooLarge: 413,
  unsupported: 415,
  invalid: 422,
  limited: 429,
} as const;

export type ErrorKind = keyof typeof statusOf;

/** one bad field: `path` in dots, `message` in words */
export type FieldError = { path: string; message: string };

type More = {
  errors?: FieldError[];
  retryAfter?: number;
  /** the methods that the path takes */
  allow?: string[];
  extra?: Record<string, unknown>;
  /** the id in the path, and the one that is asked for in its place */
  moved?: { from: string; to: string };
};

/**
 * "Understood, will not." Anything else that is thrown is our bug.
 * `code` is dotted (`customer.email-taken`) and stable; `extra` joins the problem reply.
 */
export class ApiError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly more: More;

  constructor(kind: ErrorKind, code: string, message: string, more: More = {}) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.more = more;
  }

  get status() {
    return statusOf[this.kind];
  }
}

/** a body of a megabyte has room for more bad fields than a reply */
const mostErrors = 100;

/** the refusal of bad input, naming every bad field at once, the first hundred of more */
export const invalid = (all: FieldError[]) => {
  const errors = all.slice(0, mostErrors).map(({ path, message }) => ({ path: path.slice(0, 500), message }));
  const named = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
  const detail = all.length > mostErrors ? `${named}; and ${all.length - mostErrors} more` : named;
  return new ApiError('invalid', 'request.invalid', detail, { errors });
};
