// Describes scopes as permissions on the consent page.
import { serviceOf } from '../../oauth/resources.ts';
import type { RequestedScopes } from '../../oauth/scopes.ts';

export interface Permission {
  readonly text: string;
  /** The scope in the client's spelling. */
  readonly name: string;
}

const ofService: ReadonlyMap<string, string> = new Map([
  ['notifications.readwrite.createdbyapp', 'Send you notifications, and read and change those that it has sent'],
  ['usernotification.readwrite.createdbyapp', 'Send you notifications'],
  ['useractivity.readwrite.createdbyapp', 'Read and change the activity that it has recorded for you'],
]);

export function describePermissions({ resource, names, isDefault, openId }: RequestedScopes): readonly Permission[] {
  const owner = resource.client?.displayName ?? (serviceOf(resource.name) === 'activity' ? 'the activity service' : 'Microsoft Graph');
  const ofResource = (name: string) => (resource.client ? undefined : ofService.get(name.toLowerCase())) ?? `Use ${owner} in your name`;
  return [
    ...(openId.openid || openId.profile ? [{ text: 'Sign you in and read your name', name: openId.profile ? 'profile' : 'openid' }] : []),
    ...(openId.email ? [{ text: 'Read your email address', name: 'email' }] : []),
    ...(openId.offlineAccess ? [{ text: 'Keep what you give it access to when you are not there', name: 'offline_access' }] : []),
    ...(isDefault ? [{ text: `Do in your name all that ${owner} offers it`, name: '.default' }] : []),
    ...names.map((name) => ({ text: ofResource(name), name })),
  ];
}
