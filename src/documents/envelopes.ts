// Reads the push envelopes of the device socket from the AsyncAPI document: the operation with `x-subprotocol`, and the platforms of its messages.
import type { Violation } from '../domain/errors.ts';
import type { PlatformType } from '../domain/model.ts';
import { type JsonObject, jsonObjectOf, jsonObjectsIn, listOf, textOf } from '../values/json.ts';
import { DocumentError } from './document-error.ts';
import type { Document } from './documents.ts';
import type { Validator, ValidatorFactory } from './validator.ts';

export interface Envelopes {
  /** Offered instead of that of the device socket. */
  readonly subprotocol: string;
  /** The violations in an envelope that is about to be sent to a device of this platform. */
  check(platform: PlatformType, envelope: unknown, now?: number): readonly Violation[];
}

const platforms: readonly PlatformType[] = ['Windows', 'iOS', 'Android', 'WebPush'];

/** Its messages are envelopes, and not messages of the device socket. */
export const hasEnvelopes = (operation: JsonObject): boolean => operation['x-subprotocol'] !== undefined;

/** Undefined if the document has none. @throws DocumentError if a platform has none */
export function envelopesOf({ file, tree }: Document, factory: ValidatorFactory): Envelopes | undefined {
  const [name, operation] = jsonObjectsIn(tree['operations']).find(([, one]) => hasEnvelopes(one)) ?? [];
  if (name === undefined || operation === undefined) return undefined;
  const subprotocol = textOf(operation['x-subprotocol']);
  if (subprotocol === undefined) throw new DocumentError(file, `#/operations/${name}/x-subprotocol`, 'must be a string');
  const messages = listOf(operation['messages']).map(jsonObjectOf);
  const validators = new Map(platforms.map((platform) => [platform, validatorOf(platform)]));

  function validatorOf(platform: PlatformType): Validator {
    const message = messages.find((one) => listOf(one['x-platforms']).includes(platform));
    if (!message) throw new DocumentError(file, `#/operations/${name}/messages`, `no message has ${platform} in x-platforms`);
    return factory.compile(message['payload'], `operation ${name} message ${textOf(message['name']) ?? platform}`);
  }

  return { subprotocol, check: (platform, envelope, now = 0) => validators.get(platform)?.(envelope, now).violations ?? [] };
}
