// Resolves the tenant segment of a URL: one tenant, or any (F31).
import { SignInRefusal } from '../errors.ts';
import type { Client, Registrations, Tenant, User } from './registrations.ts';

/** A tenant, or a group of accounts: all, organisational, or personal ones. */
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
 * The client, if it exists at this authority.
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
 * Checks that a user may sign in to this client at this authority.
 * @throws SignInRefusal UserOfOtherTenant, ClientOfOneTenant
 */
export function admitUser(authority: Authority, client: Client, user: User): void {
  const refusal = admissionRefusal(authority, client, user);
  if (refusal) throw refusal;
}

/** The refusal that `admitUser` would throw; undefined if the user is admitted. */
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
