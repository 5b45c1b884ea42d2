/** the counters of what a run of retention discarded, each context's under a name of its own */
export const retentionRun = (runId: string): [kind: string, id: string] => ['retention-run', runId];
