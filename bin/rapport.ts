import { Worker } from 'node:worker_threads';
import { bundleApp } from '../lib/bundle.ts';
import { gatherDeclared } from '../lib/declared.ts';

gatherDeclared();
const { app, bundling } = await bundleApp();
if (process.env.RAPPORT_LOCAL === '1') new Worker(bundling, { workerData: process.env.CDK_OUTDIR });
await import(app.href);
