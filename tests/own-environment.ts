import { afterAll } from 'vitest';

const before = { ...process.env };

/** files that share a process do not share what they set in its environment */
afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});
