// usage: node ws-client.cjs FOLDER URL WISH [MESSAGE...]
// A client made of the npm package `ws`, found in FOLDER. WISH is a JSON object: `token`, `subprotocol` (may be empty), `format` (how
// messages look on the wire), `deflate` (whether permessage-deflate is offered). Sends the messages, which are JSON, and every further line of
// standard input, and prints what it gets, one JSON object on a line. Closes with 1000 when standard input ends.
const path = require('node:path');
const readline = require('node:readline');
const [folder, url, wishes, ...messages] = process.argv.slice(2);
const WebSocket = require(path.join(folder, 'node_modules', 'ws'));
const wish = JSON.parse(wishes);

const formats = {
  json: { encode: (text) => text, decode: (data) => JSON.parse(data.toString('utf8')) },
};
const format = formats[wish.format];
const show = (message) => console.log(JSON.stringify(message));

const headers = wish.token === '' ? {} : { Authorization: `Bearer ${wish.token}` };
const subprotocols = wish.subprotocol === '' ? [] : [wish.subprotocol];
const socket = new WebSocket(url, subprotocols, { headers, perMessageDeflate: wish.deflate });
socket.on('open', () => {
  show({ type: 'open', protocol: socket.protocol, extensions: socket.extensions });
  messages.forEach((message) => socket.send(format.encode(message)));
  readline
    .createInterface({ input: process.stdin })
    .on('line', (line) => socket.send(format.encode(line)))
    .on('close', () => socket.close(1000));
});
socket.on('message', (data) => {
  const frame = format.decode(data);
  (Array.isArray(frame) ? frame : [frame]).forEach(show);
});
socket.on('unexpected-response', (request, response) => {
  show({ type: 'refused', status: response.statusCode });
  process.exit(0);
});
socket.on('error', (error) => console.error(error));
socket.on('close', (code) => {
  show({ type: 'closed', code });
  process.stdin.destroy();
});
