/** an event pattern that is not one; the message begins with the path of what is wrong */
export class PatternError extends Error {
  override readonly name = 'PatternError';
  readonly path: string[];
  constructor(path: string[], problem: string) {
    super(`${path.join('.') || 'pattern'}: ${problem}`);
    this.path = path;
  }
}
