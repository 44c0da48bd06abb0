// usage: node formats-client.cjs FOLDER URL TOKEN SUBPROTOCOL [MESSAGE...]
// A client made of the npm packages `ws` and `@msgpack/msgpack`, found in FOLDER: sends the messages in the encoding of the subprotocol,
// prints each frame it gets as a line of JSON: {kind: text | binary, compressed, messages: [...]}.
const path = require('node:path');
const zlib = require('node:zlib');
const [folder, url, token, subprotocol, ...messages] = process.argv.slice(2);
const WebSocket = require(path.join(folder, 'node_modules', 'ws'));
const { decode, encode } = require(path.join(folder, 'node_modules', '@msgpack', 'msgpack'));

const packed = subprotocol.endsWith('.msgpack');
const socket = new WebSocket(url, [subprotocol], { headers: { Authorization: `Bearer ${token}` } });
const print = (kind, compressed, frame) =>
  console.log(JSON.stringify({ kind, compressed, messages: Array.isArray(frame) ? frame : [frame] }));

socket.on('open', () => {
  console.log(JSON.stringify({ kind: 'open', compressed: false, messages: [{ type: 'open', protocol: socket.protocol }] }));
  messages.forEach((message) => socket.send(packed ? encode(JSON.parse(message)) : message));
});
socket.on('message', (data, isBinary) => {
  const zipped = isBinary && data[0] === 0x1f && data[1] === 0x8b;
  const plain = zipped ? zlib.gunzipSync(data) : data;
  const frame = packed ? decode(plain) : JSON.parse(plain.toString('utf8'));
  if (frame.type === 'compressed') {
    print('text', true, JSON.parse(zlib.gunzipSync(Buffer.from(frame.data, 'base64')).toString('utf8')));
  } else {
    print(isBinary ? 'binary' : 'text', zipped, frame);
  }
});
socket.on('close', (code) => print('close', false, { type: 'closed', code }));
