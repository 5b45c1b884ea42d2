import { workerData } from 'node:worker_threads';
import { codeIn } from './code.ts';

await codeIn(workerData, true);
