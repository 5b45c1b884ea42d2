import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Resource = { Type: string; Properties?: Record<string, unknown> };
type Environment = { Variables?: Record<string, unknown> };

/** The cdk.out folder `from` once more in `to`, with further environment variables for each function by its name. */
export const overlay = (from: string, to: string, variables: (name: string) => Record<string, string>) => {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from)) symlinkSync(join(from, entry), join(to, entry));
  for (const file of readdirSync(from).filter(entry => entry.endsWith('.template.json'))) {
    const template = JSON.parse(readFileSync(join(from, file), 'utf8'));
    for (const { Type, Properties = {} } of Object.values<Resource>(template.Resources)) {
      if (Type !== 'AWS::Lambda::Function') continue;
      const { Variables = {} } = (Properties.Environment ?? {}) as Environment;
      Properties.Environment = { Variables: { ...Variables, ...variables(String(Properties.Description)) } };
    }
    rmSync(join(to, file));
    writeFileSync(join(to, file), JSON.stringify(template));
  }
};
