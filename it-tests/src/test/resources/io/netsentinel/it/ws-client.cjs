// usage: node ws-client.cjs FOLDER URL TOKEN [MESSAGE...]
// A client made of the npm package `ws`, found in FOLDER: sends the messages, prints every message it gets on a line of its own.
const path = require('node:path');
const [folder, url, token, ...messages] = process.argv.slice(2);
const WebSocket = require(path.join(folder, 'node_modules', 'ws'));

const headers = token === '' ? {} : { Authorization: `Bearer ${token}` };
const socket = new WebSocket(url, [], { headers });
socket.on('open', () => messages.forEach((message) => socket.send(message)));
socket.on('message', (data) => {
  const frame = JSON.parse(data.toString('utf8'));
  (Array.isArray(frame) ? frame : [frame]).forEach((one) => console.log(JSON.stringify(one)));
});
socket.on('unexpected-response', (request, response) => {
  console.log(JSON.stringify({ type: 'refused', status: response.statusCode }));
  process.exit(0);
});
socket.on('close', (code) => console.log(JSON.stringify({ type: 'closed', code })));
