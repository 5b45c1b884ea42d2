/** an invalid event pattern: `path` of the error and `problem`; the message has both */
export class PatternError extends Error {
  override readonly name = 'PatternError';
  readonly path: string[];
  readonly problem: string;
  constructor(path: string[], problem: string) {
    super(`${path.join('.') || 'pattern'}: ${problem}`);
    this.path = path;
    this.problem = problem;
  }
}
