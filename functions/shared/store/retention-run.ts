export const retentionRun = (runId: string): [kind: string, id: string] => ['retention-run', runId];
