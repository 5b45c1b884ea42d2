import { join } from 'node:path';
import { exitWithParent } from '../../local/runtime/exit-with-parent.ts';
import { startStack } from '../../local/stack.ts';

// a runtime in a process of its own, to be killed: prints its addresses as JSON
const [, , dataDir = ''] = process.argv;
const stopping = exitWithParent();
const template = join(import.meta.dirname, 'fixture');
const { url, awsUrl, outputs, close } = await startStack({ template, dataDir, port: 0, log: () => {} });
stopping(close);
process.stdout.write(`${JSON.stringify({ url, awsUrl, outputs })}\n`);
