/** the only code from outside this package: EventBridge's pattern matcher */
export { compile, PatternError } from '../functions/shared/patterns/pattern.ts';
