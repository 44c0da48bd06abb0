"""A small FTP server for the test network: anonymous reads, one account may write, everybody else is refused.

usage: ftp.py ADDRESS
"""

import socket
import socketserver
import sys

ACCOUNTS = {"anonymous": None, "ftp": None, "archive": "Winter-2026"}
FILES = {"README.txt": b"Public files of the demo network.\r\n" * 20, "catalogue.csv": b"id;name;price\r\n" + b"17;lamp;29\r\n" * 300}


class Session(socketserver.StreamRequestHandler):
    timeout = 30

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        self.user, self.signed_in, self.listener = "", False, None
        self.say("220 corp file service")
        while line := self.rfile.readline(1024):
            verb, _, argument = line.decode("utf-8", "replace").strip().partition(" ")
            command = getattr(self, "do_" + verb.lower(), None)
            if verb.upper() == "QUIT":
                self.say("221 Goodbye")
                return
            if command is None:
                self.say("502 Command not implemented")
            else:
                command(argument)

    def do_user(self, name):
        self.user = name
        self.say("331 Please specify the password")

    def do_pass(self, password):
        wanted = ACCOUNTS.get(self.user, "\0")
        self.signed_in = wanted is None or wanted == password
        self.say("230 Login successful" if self.signed_in else "530 Login incorrect")

    def do_syst(self, _):
        self.say("215 UNIX Type: L8")

    def do_pwd(self, _):
        self.say('257 "/"')

    def do_cwd(self, _):
        self.say("250 Directory changed")

    def do_type(self, _):
        self.say("200 Type set")

    def do_size(self, name):
        self.say(f"213 {len(FILES[name])}" if name in FILES else "550 No such file")

    def do_epsv(self, _):
        self.open_listener()
        self.say(f"229 Entering Extended Passive Mode (|||{self.listener.getsockname()[1]}|)")

    def do_pasv(self, _):
        self.open_listener()
        host, port = self.listener.getsockname()
        self.say(f"227 Entering Passive Mode ({host.replace('.', ',')},{port >> 8},{port & 255})")

    def do_list(self, _):
        lines = "".join(f"-rw-r--r-- 1 ftp ftp {len(data):8d} May 01 10:00 {name}\r\n" for name, data in FILES.items())
        self.transfer(lambda data: data.sendall(lines.encode()))

    def do_retr(self, name):
        if self.signed_in and name in FILES:
            self.transfer(lambda data: data.sendall(FILES[name]))
        else:
            self.say("550 No such file")

    def do_stor(self, _):
        def take(data):
            while data.recv(65536):
                pass

        if self.signed_in and self.user == "archive":
            self.transfer(take)
        else:
            self.say("550 Permission denied")

    def open_listener(self):
        if self.listener:
            self.listener.close()
        self.listener = socket.create_server((self.request.getsockname()[0], 0))
        self.listener.settimeout(5)

    def transfer(self, move):
        if not self.signed_in or self.listener is None:
            self.say("425 Use a passive mode and sign in first")
            return
        self.say("150 Here it comes")
        with self.listener.accept()[0] as data:
            move(data)
        self.listener.close()
        self.listener = None
        self.say("226 Transfer complete")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Server((sys.argv[1], 21), Session).serve_forever()
