import { join } from 'node:path';
import type { StackOptions } from '../local/stack.ts';
import { type SynthesisOptions, synthesise } from '../local/synthesise.ts';
import { erasureHooks } from './erasure-hooks.ts';

const root = join(import.meta.dirname, '..');

/** The template to run here; npm start, tests, demo and benchmarks share one synthesis of the same sources. */
export const synthesised = (log?: SynthesisOptions['log']) =>
  synthesise(root, { environment: { RAPPORT_LOCAL: '1' }, ...(log && { log }) });

/** Rapport on this machine. */
export const startRapport = async (options: Omit<StackOptions, 'template'>) => {
  const template = synthesised(options.log);
  template.catch(() => {}); // awaited by the stack
  const { startStack } = await import('../local/stack.ts'); // the synthesis has begun
  const cacheDir = join(root, 'node_modules/.cache/functions');
  return startStack({ template, cacheDir, erasureHooks, ...options });
};
