// Decides which hosts and URLs stay on this machine.

/** 127.0.0.0/8 as an IPv4-mapped IPv6 address, in the spelling of URLs. */
const mappedLoopback = /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/;

/** True for localhost and its subdomains, 127.0.0.0/8, ::1, and IPv4-mapped 127.0.0.0/8; IPv6 addresses with or without brackets. */
export function isLoopbackHost(host: string): boolean {
  const name = spelled(host);
  if (name === undefined) return false;
  return /^(?:.+\.)?localhost\.?$/.test(name) || /^127(?:\.\d{1,3}){3}$/.test(name) || name === '[::1]' || mappedLoopback.test(name);
}

/** The same for the host of a URL; false if the text is not a URL. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}

/** True for a loopback URL with https or wss. */
export function isSecureLoopbackUrl(url: string): boolean {
  return isLoopbackUrl(url) && /^(https|wss):/i.test(url);
}

/** True for the address that means every address of this machine, to which clients cannot connect. */
export function isUnspecifiedHost(host: string): boolean {
  const name = spelled(host);
  return name === '0.0.0.0' || name === '[::]' || name === '[::ffff:0:0]';
}

/** Normalises a host as URLs do: lower case, IPv4 with four numbers, IPv6 shortened and in brackets. Returns undefined if it is not a host. */
function spelled(host: string): string | undefined {
  if (!/^[^\s/?#@\\]+$/.test(host)) return undefined;
  const url = `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}/`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
