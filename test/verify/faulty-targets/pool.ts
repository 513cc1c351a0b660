// Judges many implementations in processes beside each other: one more than there are cores, because each of them waits now and then.
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

export interface Job {
  readonly kind: 'mutant' | 'variation';
  readonly id: string;
  /** Cases or requirements; undefined: the whole suite. */
  readonly only?: readonly string[];
  readonly isSlow?: boolean;
  /** For one answer. */
  readonly timeoutMs?: number;
}

export interface Found {
  readonly requirement: string;
  readonly caseId: string;
}

export interface Verdict {
  readonly found: readonly Found[];
  /** Cases that failed, as a person would be told. */
  readonly failed: readonly string[];
  /** Cases that could not be judged, and why. */
  readonly unjudged: readonly string[];
  /** How many outcomes there were at all. */
  readonly outcomes: number;
}

export interface Pool {
  /** @throws Error when the process that judges ends, or cannot judge */
  judge(job: Job): Promise<Verdict>;
  stop(): void;
}

interface Waiting {
  readonly job: Job;
  readonly resolve: (verdict: Verdict) => void;
  readonly reject: (error: Error) => void;
}

type Reply = { readonly verdict: Verdict } | { readonly failure: string };

const workerFile = fileURLToPath(new URL('./worker.ts', import.meta.url));

export function createPool(size = availableParallelism() + 1): Pool {
  const queue: Waiting[] = [];
  const workers = new Map<ChildProcess, Waiting | undefined>();

  function feed(worker: ChildProcess): void {
    const next = queue.shift();
    workers.set(worker, next);
    if (next) worker.send(next.job);
  }

  function start(): void {
    const worker = fork(workerFile, [], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    worker.on('message', (reply: Reply) => {
      const current = workers.get(worker);
      if ('verdict' in reply) current?.resolve(reply.verdict);
      else current?.reject(new Error(`${current.job.id}: ${reply.failure}`));
      feed(worker);
    });
    worker.on('exit', (code) => {
      const current = workers.get(worker);
      workers.delete(worker);
      current?.reject(new Error(`${current.job.id}: the process that judges it ended with ${code}.`));
    });
    feed(worker);
  }

  return {
    judge: (job) =>
      new Promise((resolve, reject) => {
        queue.push({ job, resolve, reject });
        const idle = [...workers].find(([, current]) => current === undefined)?.[0];
        if (idle) feed(idle);
        else if (workers.size < size) start();
      }),
    stop: () => {
      for (const worker of workers.keys()) worker.disconnect();
    },
  };
}
