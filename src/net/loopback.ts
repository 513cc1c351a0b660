// Decides which hosts and URLs stay on this machine.

/** 127.0.0.0/8 written as IPv6, in the spelling of URLs. */
const mappedLoopback = /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/;

/** True for localhost and its subdomains, 127.0.0.0/8, ::1, and 127.0.0.0/8 written as IPv6; an IPv6 address with brackets or without. */
export function isLoopbackHost(host: string): boolean {
  const name = spelled(host);
  if (name === undefined) return false;
  return /^(?:.+\.)?localhost\.?$/.test(name) || /^127(?:\.\d{1,3}){3}$/.test(name) || name === '[::1]' || mappedLoopback.test(name);
}

/** The same for the host of a URL; false for what is none. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname);
}

/** The same, and over https or wss. */
export function isSecureLoopbackUrl(url: string): boolean {
  return isLoopbackUrl(url) && /^(https|wss):/i.test(url);
}

/** Listens at every address of this machine, and is none that a client could connect to. */
export function isUnspecifiedHost(host: string): boolean {
  const name = spelled(host);
  return name === '0.0.0.0' || name === '[::]';
}

/** In the one spelling that URLs have: lower case, IPv4 with four numbers, IPv6 shortened and in brackets. Undefined when it is no host. */
function spelled(host: string): string | undefined {
  if (!/^[^\s/?#@\\]+$/.test(host)) return undefined;
  const url = `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}/`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}
