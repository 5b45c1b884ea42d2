/** why a request is understood and still refused -> its HTTP status */
export const statusOf = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  gone: 410,
  stale: 412,
  tooLarge: 413,
  unsupported: 415,
  invalid: 422,
  limited: 429,
} as const;

export type Kind = keyof typeof statusOf;

/** one bad field: `path` in dots, `message` in words */
export type FieldError = { path: string; message: string };

type More = { errors?: FieldError[]; retryAfter?: number; extra?: Record<string, unknown> };

/**
 * "Understood, will not." Anything else that is thrown is our bug.
 * `code` is dotted (`customer.email-taken`) and stable; `extra` joins the problem reply.
 */
export class Refusal extends Error {
  readonly kind: Kind;
  readonly code: string;
  readonly more: More;

  constructor(kind: Kind, code: string, message: string, more: More = {}) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.more = more;
  }

  get status() {
    return statusOf[this.kind];
  }
}

/** the refusal of bad input, naming every bad field at once */
export const invalid = (errors: FieldError[]) =>
  new Refusal('invalid', 'request.invalid', errors.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    errors,
  });
