// Tells URLs that stay on this machine.

/** True for localhost and its subdomains, 127.0.0.0/8 and ::1. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127(\.\d+){3}$/.test(hostname) || hostname === '[::1]';
}

/** The same, and over https or wss. */
export function isSecureLoopback(url: string): boolean {
  return isLoopback(url) && /^(https|wss):/.test(url.toLowerCase());
}
