// An OpenID provider. Its accounts and its client come as JSON; POST /test/accounts changes them, POST /test/keys makes it
// sign with a new key, as providers do now and then. It says where it is once it listens.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

let { accounts, client } = JSON.parse(process.argv[2]);
let keys = [key('first')];
let handle;

const server = createServer((request, response) => {
  if (request.url === '/test/accounts') {
    let body = '';
    request.on('data', (part) => (body += part)).on('end', () => {
      accounts = JSON.parse(body);
      response.end();
    });
  } else if (request.url === '/test/keys') {
    keys = [key('second'), ...keys];
    handle = provider().callback();
    response.end();
  } else {
    handle(request, response);
  }
}).listen(0, '127.0.0.1', () => {
  handle = provider().callback();
  console.log(`issuer ${issuer()}`);
});

function issuer() {
  return `http://127.0.0.1:${server.address().port}`;
}

function key(kid) {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}

function provider() {
  const made = new Provider(issuer(), {
    clients: [client],
    jwks: { keys },
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub'], profile: ['preferred_username', 'groups'], email: ['email'] },
    features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    findAccount: (_, id) => accounts[id] && { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) },
    pkce: { required: () => true },
  });
  made.on('server_error', (_, error) => console.error(error));
  return made;
}
