// Variations of a request whose body is sent as bytes in place of its JSON.
import type { HttpRequest } from '../../checks/exchange.ts';
import type { RequestVariation } from './variation-case.ts';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const jsonOf = ({ json }: HttpRequest): string => JSON.stringify(json);

/** The bytes in place of the JSON. Bytes, not text: to text, fetch adds a media type of its own. */
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
