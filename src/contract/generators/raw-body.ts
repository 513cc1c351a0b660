// Variations of a request whose body is sent as bytes instead of JSON.
import type { HttpRequest } from '../../checks/exchange.ts';
import type { RequestVariation } from './variation-case.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const jsonOf = ({ json }: HttpRequest): string => JSON.stringify(json);

/** Replaces the JSON by bytes. Bytes, not text, because fetch adds its own media type to text. */
export function asRawBody(
  label: string,
  make: (json: string) => string | Uint8Array,
  headers: HttpRequest['headers'] = {},
): RequestVariation {
  return {
    label,
    alter: ({ json, ...base }) => {
      const made = make(jsonOf({ ...base, json }));
      return { ...base, headers: { ...base.headers, ...headers }, bytes: typeof made === 'string' ? bytesOf(made) : made };
    },
  };
}
