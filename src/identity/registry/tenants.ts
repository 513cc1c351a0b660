// What the first part of an address stands for: one tenant, or any (F31).
import { SignInRefusal } from '../errors.ts';
import type { Client, Registrations, Tenant, User } from './registrations.ts';

/** A tenant, or whose accounts are meant: everybody's, those of organisations, private ones. */
export type Authority = Tenant | 'common' | 'organizations' | 'consumers';

const anyTenant = ['common', 'organizations', 'consumers'] as const;

/** @throws SignInRefusal TenantUnknown */
export function authorityOf(registrations: Registrations, name: string): Authority {
  const any = anyTenant.find((one) => one === name.toLowerCase());
  const authority = any ?? registrations.tenant(name);
  if (authority) return authority;
  throw new SignInRefusal('TenantUnknown', `Tenant '${name}' not found. Check that the tenant ID or domain is right.`);
}

/**
 * The client that asks, at this authority.
 * @throws SignInRefusal ClientUnknown, ClientOfOneTenant
 */
export function clientAt(registrations: Registrations, authority: Authority, clientId: string): Client {
  const client = registrations.client(clientId);
  const where = typeof authority === 'string' ? authority : authority.displayName;
  if (!client || (typeof authority !== 'string' && authority.id !== client.tenant.id && !client.isMultiTenant)) {
    throw new SignInRefusal('ClientUnknown', `Application with identifier '${clientId}' was not found in the directory '${where}'.`);
  }
  return client;
}

/**
 * Lets a user in who may sign in at this authority to this client.
 * @throws SignInRefusal UserOfOtherTenant, ClientOfOneTenant
 */
export function admitUser(authority: Authority, client: Client, user: User): void {
  const refusal = admissionRefusal(authority, client, user);
  if (refusal) throw refusal;
}

/** Why `admitUser` would not let the user in; undefined when it would. */
export function admissionRefusal(authority: Authority, client: Client, user: User): SignInRefusal | undefined {
  if (typeof authority !== 'string' && authority.id !== user.tenant.id) {
    return new SignInRefusal(
      'UserOfOtherTenant',
      `User account '${user.upn}' from identity provider '${user.tenant.domain}' does not exist in tenant '${authority.displayName}'.`,
    );
  }
  if (user.tenant.id !== client.tenant.id && !client.isMultiTenant) {
    return new SignInRefusal(
      'ClientOfOneTenant',
      `Application '${client.clientId}' is not configured as a multi-tenant application; users of ${user.tenant.domain} cannot sign in to it.`,
    );
  }
  return undefined;
}
