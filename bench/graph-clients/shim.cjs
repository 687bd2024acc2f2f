// Leads calls of clients that know only graph.facebook.com to the sandbox: node --require shim.cjs.
const target = new URL(process.env.GRAPH_URL);
const https = require("node:https"), http = require("node:http");
const isMeta = (host) => host === "graph.facebook.com" || host === "api.facebook.com";
const inSandbox = (path) => target.pathname.replace(/\/$/, "") + path;

const fetchOf = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const url = new URL(typeof input === "string" || input instanceof URL ? input : input.url);
  if (!isMeta(url.hostname)) return fetchOf(input, init);
  const there = new URL(inSandbox(url.pathname) + url.search, target.origin);
  return fetchOf(input instanceof Request ? new Request(there, input) : there, init);
};

for (const name of ["request", "get"]) {
  const own = https[name];
  https[name] = function (...args) {
    const [first, second] = args;
    const given = typeof first === "string" || first instanceof URL ? { url: new URL(first), options: typeof second === "object" ? second : {} }
      : { url: new URL(`https://${first.hostname ?? first.host}${first.path ?? "/"}`), options: first };
    if (!isMeta(given.url.hostname)) return own.apply(this, args);
    const { agent, agents, protocol, host, hostname, port, href, servername, ...rest } = given.options;
    const answered = args.find((argument) => typeof argument === "function");
    return http[name]({ ...rest, hostname: target.hostname, port: target.port, path: inSandbox(given.url.pathname + given.url.search) }, answered);
  };
}
