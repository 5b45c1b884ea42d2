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

/** `line`, `column`: where in a text, both from 1 */
export type FieldError = { path: string; message: string; line?: number; column?: number };

type More = {
  errors?: FieldError[];
  retryAfter?: number;
  allow?: string[];
  extra?: Record<string, unknown>;
  /** the id in the path, and the id that replaces it */
  moved?: { from: string; to: string };
};

/**
 * The request is understood and refused. Anything else that is thrown is a bug.
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

/** An error of a context, declared once: its code, and the message that it has unless another is given where it is thrown. */
export type Problem = ((message?: string, more?: More) => ApiError) & { kind: ErrorKind; code: string };

/** Declares an error. `message`: what is wrong and what to do next. */
export const problem = (kind: ErrorKind, code: string, message: string = code): Problem =>
  Object.assign((given = message, more: More = {}) => new ApiError(kind, code, given, more), { kind, code });

/** of a request that the state of a record does not allow */
export const conflict = (code: string, message?: string): Problem => problem('conflict', code, message);

export const isProblem = (error: unknown, ...declared: Problem[]): error is ApiError =>
  error instanceof ApiError && declared.some(({ code }) => code === error.code);

/** a scope is missing that only some requests of a route need */
export const scopeMissing = problem('forbidden', 'scope.missing');

/** a body of a megabyte has room for more bad fields than a reply */
const mostErrors = 100;

export const requestInvalid = problem('invalid', 'request.invalid');

export const invalid = (all: FieldError[]) => {
  const errors = all.slice(0, mostErrors).map(one => ({ ...one, path: one.path.slice(0, 500) }));
  const named = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
  const detail = all.length > mostErrors ? `${named}; and ${all.length - mostErrors} more` : named;
  return requestInvalid(detail, { errors });
};
