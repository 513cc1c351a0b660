// Records a contract run against an emulator in this process, to find out what a run would send.
import type { Exchange } from '../../checks/exchange.ts';
import type { CaseInfo, RunEvent } from '../../contract/engine/events.ts';
import { runContract } from '../../contract/run.ts';
import { startEmulator } from '../../emulator.ts';
import type { ContractFlags } from './flags.ts';

/** One case and the requests and device calls that it would make. */
export interface PlannedCase {
  readonly case: CaseInfo;
  readonly steps: readonly PlannedStep[];
  /** Why the case would be skipped; undefined if it would run. */
  readonly skipped: string | undefined;
}

export type PlannedStep = { readonly kind: 'request'; readonly exchange: Exchange } | { readonly kind: 'device'; readonly call: string };

export interface DryRunEmulator {
  /** The UNSID that replaces the one of `--unsid`. */
  readonly unsid: string | undefined;
  /** Base URL of the emulator that recorded the run. */
  readonly url: string;
}

/**
 * @param onPlanned called for each case, in the order of the cases
 * @throws DocumentError
 */
export async function recordDryRun(
  flags: ContractFlags,
  onPlanned: (planned: PlannedCase, emulator: DryRunEmulator) => void,
  signal: AbortSignal,
): Promise<void> {
  const emulator = await startEmulator(flags.spec ? { spec: flags.spec } : {});
  try {
    const { application } = flags;
    const unsid = flags.unsid === undefined || application === undefined ? undefined : await subscribe(emulator.url, application);
    const inOrder = createOrder((planned) => onPlanned(planned, { unsid, url: emulator.url }));
    await runContract({
      url: emulator.url,
      profile: flags.profile,
      // Which credentials were given decides which cases run; the recorded run itself uses development tokens.
      ...(flags.userToken === undefined && flags.username === undefined ? {} : { userToken: 'dev.user.unsid-dry-run' }),
      ...(flags.otherUserToken === undefined ? {} : { otherUserToken: 'dev.user.unsid-dry-run-other' }),
      ...(flags.appToken === undefined && flags.clientId === undefined ? {} : { appToken: 'dev.app.unsid-dry-run' }),
      ...(flags.otherAppToken === undefined ? {} : { otherAppToken: 'dev.app.unsid-dry-run-other' }),
      ...(unsid === undefined ? {} : { unsid }),
      ...(application === undefined ? {} : { application }),
      ...(flags.header ? { headers: flags.header } : {}),
      ...(flags.spec ? { spec: flags.spec } : {}),
      ...(flags.only ? { only: flags.only } : {}),
      ...(flags.skip ? { skip: flags.skip } : {}),
      ...(flags.grep === undefined ? {} : { grep: flags.grep }),
      ...(flags.randomSeed === undefined ? {} : { randomSeed: flags.randomSeed }),
      listeners: [inOrder],
      signal,
    });
  } finally {
    await emulator.stop();
  }
}

async function subscribe(url: string, application: string): Promise<string> {
  const body = JSON.stringify({ application, deviceId: 'dry-run', platform: 'Windows' });
  const headers = { authorization: 'Bearer dev.user.unsid-dry-run', 'content-type': 'application/json' };
  const answer = await fetch(`${url}/client/v1/subscriptions`, { method: 'POST', headers, body });
  const { userNotificationSubscriptionId } = (await answer.json()) as { readonly userNotificationSubscriptionId: string };
  return userNotificationSubscriptionId;
}

/** Cases finish in any order; they are reported in the order of selection. */
function createOrder(onPlanned: (planned: PlannedCase) => void): (event: RunEvent) => void {
  const steps = new Map<string, PlannedStep[]>();
  const finished = new Map<string, PlannedCase>();
  let waiting: CaseInfo[] = [];
  const add = ({ id }: CaseInfo, step: PlannedStep): void => {
    const own = steps.get(id) ?? [];
    own.push(step);
    steps.set(id, own);
  };
  return (event) => {
    if (event.kind === 'run-started') waiting = [...event.cases];
    else if (event.kind === 'exchange') add(event.case, { kind: 'request', exchange: event.exchange });
    else if (event.kind === 'device-call') add(event.case, { kind: 'device', call: event.call });
    else if (event.kind === 'case-finished' && event.outcome.case.origin !== 'check') {
      const { case: info, kind, reason } = event.outcome;
      finished.set(info.id, {
        case: info,
        steps: steps.get(info.id) ?? [],
        skipped: kind === 'skip' ? reason : undefined,
      });
      for (let next = waiting[0] && finished.get(waiting[0].id); next; next = waiting[0] && finished.get(waiting[0].id)) {
        onPlanned(next);
        waiting.shift();
        finished.delete(next.case.id);
        steps.delete(next.case.id);
      }
    }
  };
}
