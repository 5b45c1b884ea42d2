/** an event pattern that is not one: the path of what is wrong in it, and what that is; the message says both */
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
