// Imported first by a child process: every connection that is not to this machine, and every name look-up, fails and is recorded.
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';

/** What was tried, e.g. `connect 192.0.2.1` or `lookup example.com`. */
const tried = [];
globalThis[Symbol.for('loopback-only')] = tried;

const isLoopback = (host) => /^127\.\d+\.\d+\.\d+$/.test(host) || host === '::1';

function refuse(what) {
  tried.push(what);
  return Object.assign(new Error(`not allowed here: ${what}`), { code: 'ENOTALLOWED' });
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connectOnlyHere(...given) {
  const [first, second] = Array.isArray(given[0]) ? given[0] : given;
  const options =
    typeof first === 'object' && first !== null ? first : { port: first, host: typeof second === 'string' ? second : 'localhost' };
  const host = options.host ?? 'localhost';
  // A pipe stays on this machine; a name is looked up, which fails below.
  if (options.path === undefined && net.isIP(host) !== 0 && !isLoopback(host)) {
    this.destroy(refuse(`connect ${host}`));
    return this;
  }
  return connect.apply(this, given);
};

const failing = (kind) =>
  function refused(name, ...rest) {
    const callback = rest.at(-1);
    const error = refuse(`${kind} ${name}`);
    if (typeof callback === 'function') process.nextTick(callback, error);
    else throw error;
  };
const rejecting = (kind) => async (name) => {
  throw refuse(`${kind} ${name}`);
};

for (const name of Object.keys(dns)) {
  if (/^(lookup|resolve|reverse)/.test(name) && typeof dns[name] === 'function') {
    const original = dns[name];
    // Node asks for addresses in figures too: that looks nothing up.
    dns[name] = (host, ...rest) => (name === 'lookup' && isLoopback(host) ? original(host, ...rest) : failing(name)(host, ...rest));
  }
  if (/^(lookup|resolve|reverse)/.test(name) && typeof dns.promises[name] === 'function') dns.promises[name] = rejecting(name);
}
for (const resolver of [dns.Resolver, dns.promises.Resolver]) {
  for (const name of Object.getOwnPropertyNames(resolver.prototype)) {
    if (/^(resolve|reverse)/.test(name)) resolver.prototype[name] = resolver === dns.Resolver ? failing(name) : rejecting(name);
  }
}
dgram.Socket.prototype.send = function sendNothing() {
  throw refuse('datagram');
};
