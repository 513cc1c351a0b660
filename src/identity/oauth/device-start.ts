// Starts a device code sign-in (F37, F47): a device code for the client, a user code for the user to type.
import type { components } from '../../documents/identity.gen.ts';
import type { IdentityContext } from '../context.ts';
import { SignInRefusal } from '../errors.ts';
import type { Client } from '../registry/registrations.ts';
import { resolveScopes, type ScopeRequest } from './requested-scopes.ts';
import type { TokenCall } from './token-request.ts';

type DeviceCodeAnswer = components['schemas']['DeviceCodeAnswer'];

export type StartDevice = (call: TokenCall, client: Client, scopeRequest: ScopeRequest) => Promise<DeviceCodeAnswer>;

/** Maximum number of attempts to find a user code that is not in use. */
const maxAttempts = 10;

export function createDeviceStart({ registrations, grants, clock, ids, lifetimes }: IdentityContext): StartDevice {
  async function takeUserCode(deviceCode: string, now: number): Promise<string> {
    for (let tries = 0; tries < maxAttempts; tries += 1) {
      const userCode = ids.userCode();
      const taken = { deviceCode, expiresAt: now + lifetimes.deviceCode };
      const { before } = await grants.change('userCode', userCode, now, (current) => current ?? taken);
      if (!before) return userCode;
    }
    throw new SignInRefusal('OutOfOrder', 'No code is free to be typed; try again later.');
  }

  return async ({ tenant, origin }, { clientId }, scopeRequest) => {
    resolveScopes(registrations, scopeRequest);
    const now = clock.now();
    const deviceCode = ids.secret();
    const userCode = await takeUserCode(deviceCode, now);
    const record = { clientId, tenant, ...scopeRequest, userCode, state: 'pending', expiresAt: now + lifetimes.deviceCode } as const;
    await grants.change('device', deviceCode, now, () => record);
    const page = `${origin}/${tenant}/oauth2/deviceauth`;
    const displayedCode = `${userCode.slice(0, 4)}-${userCode.slice(4)}`;
    return {
      user_code: displayedCode,
      device_code: deviceCode,
      verification_uri: page,
      expires_in: Math.floor(lifetimes.deviceCode / 1000),
      interval: Math.ceil(lifetimes.deviceCodeInterval / 1000),
      message: `To sign in, open ${page} in a browser and enter the code ${displayedCode}.`,
    };
  };
}
