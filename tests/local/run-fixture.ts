import { join } from 'node:path';
import { startStack } from '../../local/stack.ts';

// a runtime in a process of its own, to be killed: prints its addresses as JSON
const [, , dataDir = ''] = process.argv;
const template = join(import.meta.dirname, 'fixture');
const { url, awsUrl, outputs } = await startStack({ template, dataDir, port: 0, log: () => {} });
process.stdout.write(`${JSON.stringify({ url, awsUrl, outputs })}\n`);
