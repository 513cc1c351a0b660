// Runs jobs in worker processes side by side: one more than there are cores, because each of them waits at times.
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

export interface Job {
  readonly kind: 'fault' | 'variation';
  readonly id: string;
  /** Ids of cases or requirements; without it, the whole suite runs. */
  readonly only?: readonly string[];
  readonly isSlow?: boolean;
  /** Timeout for one response. */
  readonly timeoutMs?: number;
}

export interface Found {
  readonly requirement: string;
  readonly caseId: string;
}

export interface Result {
  readonly found: readonly Found[];
  /** Cases that failed, with their findings, as text. */
  readonly failed: readonly string[];
  /** Cases without a verdict, with the reason. */
  readonly inconclusive: readonly string[];
  /** Number of all outcomes. */
  readonly outcomes: number;
}

export interface Pool {
  /** @throws Error when the worker process ends, or fails to run the suite */
  run(job: Job): Promise<Result>;
  stop(): void;
}

interface Waiting {
  readonly job: Job;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

type Reply = { readonly result: Result } | { readonly failure: string };

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
      if ('result' in reply) current?.resolve(reply.result);
      else current?.reject(new Error(`${current.job.id}: ${reply.failure}`));
      feed(worker);
    });
    worker.on('exit', (code) => {
      const current = workers.get(worker);
      workers.delete(worker);
      current?.reject(new Error(`${current.job.id}: the worker process ended with exit code ${code}; run the test again.`));
    });
    feed(worker);
  }

  return {
    run: (job) =>
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
