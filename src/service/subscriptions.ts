// Use cases: subscribe or renew, list, read and unsubscribe (F21, F22, D12).
import { initialAcknowledgements } from '../domain/coverage.ts';
import { clientNotRegistered, Refusal } from '../domain/errors.ts';
import type { PlatformType, Subscription, Unsid, UserCaller } from '../domain/model.ts';
import { nothingServed } from '../domain/served.ts';
import { chooseApplication } from './application-choice.ts';
import type { ServiceContext } from './context.ts';

export interface SubscribeRequest {
  readonly application: string;
  readonly deviceId: string;
  readonly platform: PlatformType;
  readonly displayName?: string | null;
}

export interface ChoosingRequest extends Omit<SubscribeRequest, 'application'> {
  /** Possibly the host name of the application. */
  readonly named: string | null | undefined;
}

export function createSubscriptions({ stores, clock, ids, signals, registry, lifetimes }: ServiceContext) {
  async function subscribe(caller: UserCaller, request: SubscribeRequest) {
    const { deviceId, platform } = request;
    const application = request.application.toLowerCase();
    if (!registry.isClientOf(application, caller.clientId, platform)) {
      throw clientNotRegistered({ application, clientId: caller.clientId, clients: registry.clientsOf(application, platform), platform });
    }
    const now = clock.now();
    const expiresAt = now + lifetimes.subscriptionMs;
    const feed = { userId: caller.userId, application };
    const newUnsid = ids.unsid();
    const { before, after } = await stores.subscriptions.upsert(feed, deviceId, now, (current, head): Subscription => {
      if (!current) {
        const displayName = request.displayName ?? null;
        const position = { start: head, acknowledgements: initialAcknowledgements(head), served: nothingServed(head) };
        return { unsid: newUnsid, feed, upn: caller.upn, deviceId, platform, displayName, expiresAt, ...position };
      }
      if (current.platform !== platform) {
        throw new Refusal('PlatformChanged', `The device is subscribed as ${current.platform}; unsubscribe first to change its platform.`);
      }
      return { ...current, expiresAt, displayName: request.displayName === undefined ? current.displayName : request.displayName };
    });
    signals.publish({ kind: 'due-changed', at: expiresAt });
    return { subscription: after, isNew: before === undefined };
  }

  /** The same for a request that need not name its application (D35). */
  function subscribeChoosing(caller: UserCaller, { named, ...request }: ChoosingRequest) {
    const application = chooseApplication(registry, caller, { platform: request.platform, named });
    return subscribe(caller, { ...request, application });
  }

  /** The caller's own subscription; another user's is as unknown as one that never was. */
  async function own(caller: UserCaller, unsid: Unsid): Promise<Subscription> {
    const subscription = await stores.subscriptions.get(unsid, clock.now());
    if (subscription?.feed.userId === caller.userId && registry.isClientOf(subscription.feed.application, caller.clientId))
      return subscription;
    throw new Refusal('UnknownResource', 'There is no such subscription.');
  }

  async function list(caller: UserCaller): Promise<readonly Subscription[]> {
    const all = await stores.subscriptions.ofUser(caller.userId, clock.now());
    return all.filter(({ feed }) => registry.isClientOf(feed.application, caller.clientId));
  }

  /** The subscription that has ended. */
  async function unsubscribe(caller: UserCaller, unsid: Unsid): Promise<Subscription> {
    const subscription = await own(caller, unsid);
    if (!(await stores.subscriptions.remove(unsid))) throw new Refusal('UnknownResource', 'There is no such subscription.');
    signals.publish({ kind: 'subscription-ended', unsid });
    return subscription;
  }

  return { subscribe, subscribeChoosing, own, list, unsubscribe };
}

export type Subscriptions = ReturnType<typeof createSubscriptions>;
