"""The organisation's careless web application: it gives the answers an attacked application would give.

Nothing here is really vulnerable: the answers are canned. When a request carries a lookup string as used against Log4j,
the application opens the connection to the named host in the test network, as an affected server would.

usage: app.py ADDRESS [PORT]
"""

import http.client
import re
import socket
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOOKUP = re.compile(r"\$\{jndi:ldap://([0-9.]+):(\d+)/(\w+)")
LDAP_BIND = bytes.fromhex("300c020101600702010304008000")
ACCOUNTS = "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\n"


def call_back(host, port, name):
    """What an affected server does: asks the directory, then fetches the class."""
    me = (sys.argv[1], 0)
    with socket.create_connection((host, int(port)), 3, source_address=me) as directory:
        directory.sendall(LDAP_BIND)
        directory.recv(256)
    web = http.client.HTTPConnection(host, 8080, timeout=3, source_address=me)
    web.request("GET", f"/payload/{name}.class", headers={"User-Agent": "Java/1.8.0_181"})
    web.getresponse().read()
    web.close()


class Application(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Apache/2.4.49"
    sys_version = ""
    timeout = 10

    def do_GET(self):
        self.answer(b"")

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def answer(self, body):
        text = urllib.parse.unquote_plus(self.path) + str(self.headers) + body.decode("latin-1")
        if found := LOOKUP.search(text):
            threading.Thread(target=call_back, args=found.groups(), daemon=True).start()
        status, content, kind = self.content(text)
        data = content.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def content(self, text):
        if "/cgi-bin/" in self.path and "etc/passwd" in self.path:
            return 200, ACCOUNTS, "text/plain"
        if "/bin/sh" in self.path or "() {" in text:
            return 200, "uid=33(www-data) gid=33(www-data) groups=33(www-data)\n", "text/plain"
        if "'" in urllib.parse.unquote(self.path):
            return 500, "You have an error in your SQL syntax; check the manual\n", "text/html"
        if self.path.startswith("/login"):
            return (302 if "Winter-2026" in text else 401), "sign in\n", "text/html"
        if self.path.startswith(("/items", "/account", "/docs", "/search", "/api")) or self.path == "/":
            return 200, "<html><body>" + "content " * 40 + "</body></html>\n", "text/html"
        return 404, "Not Found\n", "text/plain"

    def log_message(self, *_):
        pass


ThreadingHTTPServer((sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 80), Application).serve_forever()
