// The resources that tokens are for: Graph, the activity service, and clients with an API of their own (F36, F43).
import type { TokenResource } from '../../domain/model.ts';
import { SignInRefusal } from '../errors.ts';
import type { Client, Registrations } from '../registry/registrations.ts';

export interface Resource {
  /** The requested name, used as the token's `aud`, except that a client as resource has its id there in v2.0. */
  readonly name: string;
  /** The client that is the resource; undefined for Graph and the activity service. */
  readonly client: Client | undefined;
}

/** The names of Graph as a resource. */
export const graphNames = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'] as const;

/** The names under which client SDKs ask for tokens of the activity service: of work and personal accounts, and of older SDKs. */
const activityNames = [
  'https://activity.microsoft.com',
  'https://activity.windows.com',
  'https://cdpcs.access.microsoft.com',
  'https://cs.dds.microsoft.com',
  'https://wns.windows.com',
] as const;

const services = new Map<string, TokenResource>([
  ...graphNames.map((name) => [name, 'graph'] as const),
  ...activityNames.map((name) => [name, 'activity'] as const),
]);

/** Resource names are compared without trailing slash and without case. */
export const resourceKey = (name: string): string => name.replace(/\/$/, '').toLowerCase();

/** The service of the makers with this name; undefined if it is none. */
export function serviceOf(name: string): TokenResource | undefined {
  return services.get(resourceKey(name));
}

/** @throws SignInRefusal ResourceUnknown */
export function resourceOf(registrations: Pick<Registrations, 'clients'>, name: string): Resource {
  if (serviceOf(name) !== undefined) return { name, client: undefined };
  const key = resourceKey(name);
  const client = registrations.clients.find(({ resourceNames }) => resourceNames.some((known) => resourceKey(known) === key));
  if (client) return { name, client };
  throw new SignInRefusal(
    'ResourceUnknown',
    `The resource principal named ${name} was not found: it is neither Graph, nor the activity service, nor a registered client.`,
  );
}
