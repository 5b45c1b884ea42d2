import { createWriteStream, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const rotateAt = 20 * 1024 * 1024;

export type Log = {
  write(line: string): void;
  from(name: string, text: string): void;
  tail(lines: number): string;
  close(): Promise<void>;
};

/** The runtime's log file: what functions print and one line a request. With LOG=1 the terminal shows it too. */
export const openLog = (dir: string): Log => {
  const file = join(dir, 'runtime.log');
  if (existsSync(file) && statSync(file).size > rotateAt) renameSync(file, `${file}.1`);
  const stream = createWriteStream(file, { flags: 'a' });
  stream.on('error', () => {}); // a full disk must not take the runtime down
  const loud = process.env.LOG === '1';
  const write = (line: string) => {
    stream.write(`${line}\n`);
    if (loud) process.stderr.write(`${line}\n`);
  };
  return {
    write,
    from(name, text) {
      for (const line of text.trimEnd().split('\n')) write(`${name} ${line}`);
    },
    tail: lines =>
      readFileSync(file, 'utf8')
        .split('\n')
        .slice(-lines - 1)
        .join('\n'),
    close: () => new Promise(settle => stream.end(settle)),
  };
};
