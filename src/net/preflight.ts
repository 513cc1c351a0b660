// Recognises CORS preflight requests.

/** @param headers with names in lower case */
export function asksForMethod(method: string | undefined, headers: Readonly<Record<string, unknown>>): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}
