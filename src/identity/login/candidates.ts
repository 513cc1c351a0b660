// Lists the users who may sign in to a client at an authority, the expected one first.
import type { Client, Registrations, User } from '../registry/registrations.ts';
import { type Authority, admissionRefusal } from '../registry/tenants.ts';

export interface CandidatesRequest {
  readonly authority: Authority;
  readonly client: Client;
  /** Alias or user principal name of the expected user. */
  readonly name: string | undefined;
}

export function candidates({ users }: Registrations, { authority, client, name = '' }: CandidatesRequest): readonly User[] {
  const admitted = users.filter((user) => admissionRefusal(authority, client, user) === undefined);
  return [...admitted.filter((user) => isNamed(user, name)), ...admitted.filter((user) => !isNamed(user, name))];
}

/** By alias or user principal name, without case. */
export function isNamed({ alias, upn }: User, name: string): boolean {
  return [alias, upn.toLowerCase()].includes(name.toLowerCase());
}
